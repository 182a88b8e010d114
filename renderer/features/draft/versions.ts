interface Versioned {
  readonly id: string;
  readonly version: number;
}

/** The newer of two views of one thing, whichever way each came. */
export function newer<T extends Versioned>(one: T | undefined, other: T): T;
export function newer<T extends Versioned>(one: T | undefined, other: T | undefined): T | undefined;
export function newer<T extends Versioned>(one: T | undefined, other: T | undefined): T | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.id === other.id && one.version > other.version ? one : other;
}
