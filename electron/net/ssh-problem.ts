import { TrailbossError } from '../../shared/contract/errors.ts';
import { nothingChanged } from './http-problem.ts';
import { type Address, addressText, errorCodeOf, networkProblem } from './network-problem.ts';
import { rawOf } from './raw.ts';

/** Who logs in where. A device's dropbear takes the user name as the place to land in: `/` is the host system. */
export interface SshTarget extends Address {
  readonly user: string;
}

/** How a person lets a key in, told wherever a login fails. */
export const howToAuthorise =
  'Put the public key into the device’s user-meta `pvr-sdk.authorized_keys` (one key per line), for example with `pvcontrol usrmeta save pvr-sdk.authorized_keys "…"` on the device, and try again.';

export function loginRefused(target: SshTarget, keyName: string, raw?: string, cause?: unknown): TrailbossError {
  return new TrailbossError(
    'LOGIN_REFUSED',
    {
      what: `${addressText(target)} does not let the user “${target.user}” in with ${keyName}.`,
      unchanged: nothingChanged,
      next: howToAuthorise,
      ...rawOf(raw),
    },
    { cause },
  );
}

export function connectionLost(target: SshTarget, unchanged: string, detail: string, cause?: unknown): TrailbossError {
  return new TrailbossError(
    'NOT_ANSWERING',
    {
      what: `The SSH connection to ${addressText(target)} ${detail}.`,
      unchanged,
      next: 'During an update this is normal for up to half a minute. Otherwise check the device and the network.',
      ...rawOf(cause instanceof Error ? cause.message : undefined),
    },
    { cause },
  );
}

/** Why no connection came about. `greeting` is the first that the other side said. */
export function connectProblem(error: unknown, target: SshTarget, keyName: string, greeting: Uint8Array): TrailbossError {
  if (error instanceof TrailbossError) return error;
  const said = new TextDecoder('latin1').decode(greeting.subarray(0, 512));
  const where = addressText(target);
  if (said !== '' && !/^SSH-|\nSSH-/.test(said)) {
    const isWeb = said.startsWith('HTTP/');
    return new TrailbossError(
      'NOT_A_DEVICE',
      {
        what: `What answers at ${where} is no SSH server${isWeb ? ' but a web server' : ''}.`,
        unchanged: nothingChanged,
        next: 'Check the port: a device’s SSH is usually on 8222, its pvr endpoint on 12368.',
        ...rawOf(said),
      },
      { cause: error },
    );
  }
  const network = networkProblem(error, target, 'SSH server');
  if (network !== undefined) return network;
  const level = error instanceof Error && 'level' in error ? error.level : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (level === 'client-authentication') return loginRefused(target, keyName, message, error);
  if (level === 'agent') {
    return new TrailbossError(
      'LOGIN_REFUSED',
      {
        what: 'The ssh-agent of this computer could not be used.',
        unchanged: nothingChanged,
        next: 'Check that it runs and holds a key (`ssh-add -l`), or choose a key file.',
        ...rawOf(message),
      },
      { cause: error },
    );
  }
  if (level === 'client-timeout') {
    return connectionLost(target, nothingChanged, 'was accepted, and then nothing was said', error);
  }
  if ((level === 'handshake' || level === 'protocol') && said === '') {
    return new TrailbossError(
      'BAD_REPLY',
      {
        what: `What answers at ${where} ended the connection without a greeting: it may be no SSH server.`,
        unchanged: nothingChanged,
        next: 'Check the port: a device’s SSH is usually on 8222, its pvr endpoint on 12368. A device that is still starting does the same; try again in a minute.',
        ...rawOf(message),
      },
      { cause: error },
    );
  }
  if (level === 'handshake' || level === 'protocol') {
    return new TrailbossError(
      'BAD_REPLY',
      {
        what: `No SSH connection to ${where} could be agreed on.`,
        unchanged: nothingChanged,
        next: 'The device may be very old or still starting. Try again in a minute.',
        ...rawOf(message),
      },
      { cause: error },
    );
  }
  if (errorCodeOf(error) === 'ECONNRESET' && said === '') {
    return connectionLost(target, nothingChanged, 'was reset before the greeting', error);
  }
  return connectionLost(target, nothingChanged, 'broke off while it was being set up', error);
}
