/** Resolves when the next picture is due, at the latest after so many milliseconds: a hidden window draws none. */
export type NextFrame = (atMost: number) => Promise<void>;

interface Gathering<Event> {
  /** Whether what was gathered is worth showing with the next picture; else it waits for more, `patience` at the most. */
  readonly isWorthShowing: (events: readonly Event[]) => boolean;
  /** Milliseconds. */
  readonly patience: number;
  readonly nextFrame?: NextFrame;
}

/** Milliseconds between two looks in a window that draws nothing. */
const unseen = 1000;

/**
 * What a stream tells, gathered so that the screen is drawn anew once per picture at most, however many events there are. The first
 * event comes at once. Ends and fails as the stream does, after what came before that.
 */
export async function* inFrames<Event>(
  stream: AsyncIterable<Event>,
  { isWorthShowing, patience, nextFrame = nextPicture }: Gathering<Event>,
): AsyncGenerator<readonly Event[], void> {
  const reading = new Reading(stream);
  try {
    if (await reading.hasMore()) yield reading.take();
    while (await reading.hasMore()) {
      const began = performance.now();
      const events = [...reading.take()];
      do {
        await nextFrame(unseen);
        events.push(...reading.take());
      } while (!reading.isOver && !isWorthShowing(events) && performance.now() - began < patience);
      yield events;
    }
  } finally {
    await reading.end();
  }
}

/** Reads on while somebody else is busy. */
class Reading<Event> {
  readonly #iterator: AsyncIterator<Event>;
  #waiting: Event[] = [];
  #wake: (() => void) | undefined;
  #end: { readonly failure?: unknown } | undefined;

  constructor(stream: AsyncIterable<Event>) {
    this.#iterator = stream[Symbol.asyncIterator]();
    void this.#run();
  }

  /** Nothing more comes. */
  get isOver(): boolean {
    return this.#end !== undefined;
  }

  /** What came meanwhile. */
  take(): readonly Event[] {
    const events = this.#waiting;
    this.#waiting = [];
    return events;
  }

  /** Waits for the next one; false at the end. */
  async hasMore(): Promise<boolean> {
    while (this.#waiting.length === 0 && !this.#end) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#waiting.length === 0 && this.#end && 'failure' in this.#end) throw this.#end.failure;
    return this.#waiting.length > 0;
  }

  async end(): Promise<void> {
    await this.#iterator.return?.();
  }

  async #run(): Promise<void> {
    try {
      for (let result = await this.#iterator.next(); !result.done; result = await this.#iterator.next()) {
        this.#waiting.push(result.value);
        this.#wake?.();
      }
      this.#end = {};
    } catch (failure) {
      this.#end = { failure };
    }
    this.#wake?.();
  }
}

function nextPicture(atMost: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
      resolve();
    };
    const frame = requestAnimationFrame(done);
    const timer = setTimeout(done, atMost);
  });
}
