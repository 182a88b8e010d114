/** Who wants to hear when something happened. Hearing it steers nobody: a listener reads what it needs. */
export class Listeners<Event> {
  /** Made when the first one comes: of ten thousand devices few have anybody who listens. */
  #listeners: Set<(event: Event) => void> | undefined;

  get size(): number {
    return this.#listeners?.size ?? 0;
  }

  /** Returns the way to stop listening. */
  add(listener: (event: Event) => void): () => void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
    return () => {
      this.#listeners?.delete(listener);
    };
  }

  tell(event: Event): void {
    if (this.size === 0) return;
    for (const listener of [...(this.#listeners ?? [])]) listener(event);
  }
}
