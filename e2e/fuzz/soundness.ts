/** Nothing this small takes longer. Milliseconds of the processor, so that a machine that does other things too makes no difference. */
const patience = 5000;

function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export class Unsound extends Error {}

/** Fails when `condition` does not hold. */
export function hold(condition: boolean, what: string): void {
  if (!condition) throw new Unsound(what);
}

type ErrorClass = abstract new (...args: never[]) => Error;

/**
 * Runs a parser: it may throw what it says it throws and nothing else, it ends in time, and it leaves the prototypes of all objects alone.
 * Gives its result, or undefined where it threw.
 */
export function sound<T>(what: string, work: () => T, allowed: readonly ErrorClass[] = []): T | undefined {
  const began = processorMs();
  try {
    return work();
  } catch (error) {
    rethrow(what, error, allowed);
    return undefined;
  } finally {
    afterwards(what, began);
  }
}

export async function soundly<T>(
  what: string,
  work: () => Promise<T>,
  allowed: readonly ErrorClass[] = [],
): Promise<T | undefined> {
  const began = processorMs();
  try {
    return await work();
  } catch (error) {
    rethrow(what, error, allowed);
    return undefined;
  } finally {
    afterwards(what, began);
  }
}

function rethrow(what: string, error: unknown, allowed: readonly ErrorClass[]): void {
  if (allowed.some((type) => error instanceof type)) return;
  if (error instanceof Unsound) throw error;
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  throw new Unsound(`${what} threw ${name}`, { cause: error });
}

function afterwards(what: string, began: number): void {
  const took = processorMs() - began;
  hold(took < patience, `${what} took ${Math.round(took)} ms`);
  const added = [Object.prototype, Array.prototype, Map.prototype].flatMap((prototype) => Object.keys(prototype));
  hold(added.length === 0 && !('polluted' in {}), `${what} changed a prototype: ${added.join(', ')}`);
}
