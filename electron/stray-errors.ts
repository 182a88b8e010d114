import type { OpenBackend } from './host.ts';

/**
 * A rejection that nobody waits for is a mistake of this program, and no reason to end it in the middle of an update, as Node
 * would: it goes to the backend's log. For the programs; tests want to fall over it.
 */
export function reportingStrayErrors(openBackend: OpenBackend): OpenBackend {
  return async (options) => {
    const backend = await openBackend(options);
    process.on('unhandledRejection', backend.report ?? console.error);
    return backend;
  };
}
