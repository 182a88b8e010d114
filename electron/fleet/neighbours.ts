import { listenForSsh, type SshService } from '../net/mdns.ts';

type Heard = (services: readonly SshService[]) => void;

/** What speaks of itself on the local network: one listening for all who want to hear, and none while nobody does. */
export class Neighbours {
  readonly #listen: (heard: Heard) => () => void;
  readonly #listeners = new Set<Heard>();
  #services: readonly SshService[] = [];
  #stop: (() => void) | undefined;

  constructor(listen: (heard: Heard) => () => void = listenForSsh) {
    this.#listen = listen;
  }

  /** Calls back with all that are there, at once when some are known, and whenever that changes, until the returned function is called. */
  hear(listener: Heard): () => void {
    // Each call counts, also with a function that listens already.
    const own: Heard = (services) => listener(services);
    this.#listeners.add(own);
    if (this.#stop) {
      if (this.#services.length > 0) own(this.#services);
    } else {
      this.#stop = this.#listen((services) => {
        this.#services = services;
        for (const one of [...this.#listeners]) one(services);
      });
    }
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size > 0) return;
      this.#stop?.();
      this.#stop = undefined;
      this.#services = [];
    };
  }
}
