import { expect, test } from 'vitest';
import { inFrames } from './inFrames.ts';

/** A stream whose events a test tells, and pictures that a test draws. */
class Screen {
  ended = false;
  readonly #events: (number | 'end' | Error)[] = [];
  #wake: (() => void) | undefined;
  #draw: (() => void)[] = [];

  tell(...events: (number | 'end' | Error)[]): void {
    this.#events.push(...events);
    this.#wake?.();
  }

  readonly nextFrame = () => new Promise<void>((resolve) => this.#draw.push(resolve));

  /** Draws when somebody waits for it. */
  async draw(): Promise<void> {
    await expect.poll(() => this.#draw.length).toBeGreaterThan(0);
    for (const resolve of this.#draw.splice(0)) resolve();
  }

  async *stream(): AsyncGenerator<{ readonly n: number }, void> {
    try {
      for (;;) {
        const event = this.#events.shift();
        if (event === 'end') return;
        if (event instanceof Error) throw event;
        if (event !== undefined) yield { n: event };
        else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      this.ended = true;
    }
  }
}

const of = (...numbers: number[]) => numbers.map((n) => ({ n }));
const always = { isWorthShowing: () => true, patience: 1000 };

test('The first event comes at once, and what follows is gathered until the next picture', async () => {
  const screen = new Screen();
  const batches = inFrames(screen.stream(), { ...always, nextFrame: screen.nextFrame });
  screen.tell(1);
  expect((await batches.next()).value).toEqual(of(1));
  screen.tell(2, 3);
  const next = batches.next();
  await expect.poll(() => screen.ended).toBe(false);
  screen.tell(4);
  await screen.draw();
  expect((await next).value).toEqual(of(2, 3, 4));
  screen.tell('end');
  expect((await batches.next()).done).toBe(true);
  expect(screen.ended).toBe(true);
});

test('What is not worth a picture of its own waits for more', async () => {
  const screen = new Screen();
  const isWorthShowing = (events: readonly { n: number }[]) => events.some(({ n }) => n === 9);
  const batches = inFrames(screen.stream(), { isWorthShowing, patience: 60_000, nextFrame: screen.nextFrame });
  screen.tell(1, 2);
  await batches.next();
  const next = batches.next();
  await screen.draw();
  screen.tell(3);
  await screen.draw();
  screen.tell(9);
  await screen.draw();
  expect((await next).value).toEqual(of(2, 3, 9));
  screen.tell('end');
  await batches.return();
});

test('A stream that fails fails after what came before it', async () => {
  const screen = new Screen();
  const batches = inFrames(screen.stream(), { ...always, nextFrame: screen.nextFrame });
  screen.tell(1, 2, new Error('cut'));
  await batches.next();
  const next = batches.next();
  await screen.draw();
  expect((await next).value).toEqual(of(2));
  await expect(batches.next()).rejects.toThrow('cut');
});
