import { TrailbossError } from '../../shared/contract/errors.ts';
import type { HostKey } from './host-key.ts';
import type { Address } from './network-problem.ts';
import { openSshClient } from './ssh-connect.ts';

/**
 * The host key that a server shows: the connection goes no further than that, and nobody is named. `expected` makes a server with
 * several keys show the one of that kind. Throws `TrailbossError` where no key is shown.
 */
export async function askHostKey(address: Address, expected: HostKey | undefined, signal: AbortSignal): Promise<HostKey> {
  try {
    // No key has an empty fingerprint, so that every one is refused before a login is tried.
    const client = await openSshClient({
      target: { ...address, user: '/' },
      login: { kind: 'agent', socket: '' },
      pinned: expected && { algorithm: expected.algorithm, fingerprint: '' },
      signal,
    });
    client.destroy();
    throw new Error('the host key was not asked for');
  } catch (error) {
    const question = error instanceof TrailbossError ? error.data.hostKey : undefined;
    if (question === undefined) throw error;
    return { algorithm: question.algorithm, fingerprint: question.fingerprint };
  }
}
