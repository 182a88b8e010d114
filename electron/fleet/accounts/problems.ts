import { type KnownProblem, knownProblem, TrailbossError } from '../../../shared/contract/errors.ts';
import type { SecretStore } from '../../storage/secrets.ts';

export function noSuchAccount(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This account is not signed in here any more.',
    unchanged: 'Nothing was done.',
    next: 'Look at the list of accounts in Settings.',
  });
}

/** Why an account has no sign-in in this run. */
export function missingSecret(secrets: SecretStore, host: string): KnownProblem {
  const unchanged = 'The account and what is known of its devices are still here.';
  const next = 'Sign in again; everything goes on from where it was.';
  const problem = (what: string) => knownProblem(new TrailbossError('SESSION_ENDED', { what, unchanged, next }));
  if (secrets.stranded) {
    return problem(`The sign-in for ${host} is in the keyring of the desktop program, which does not open here.`);
  }
  if (secrets.keeping.kind === 'memory') {
    return problem(`The sign-in for ${host} was kept in memory only, as you chose, and ended with the last run of Trailboss.`);
  }
  return problem(`The sign-in for ${host} is not kept on this computer any more.`);
}

/** Signing out worked here, and the token could not be revoked on the hub. */
export function notRevoked(host: string, tokenEndsAt: number | undefined, error: unknown): KnownProblem {
  const until =
    tokenEndsAt === undefined ? 'until its session ends' : `until ${new Date(tokenEndsAt).toISOString().slice(0, 10)}`;
  const why = error instanceof TrailbossError ? error.data : { what: error instanceof Error ? error.message : String(error) };
  return knownProblem(
    new TrailbossError(error instanceof TrailbossError ? error.code : 'INTERNAL', {
      what: `You are signed out here, but ${host} could not be told: ${why.what}`,
      unchanged: `The token stays valid on the hub ${until}; nobody has it here any more.`,
      next: 'To end it sooner, delete it on the hub.',
      ...('raw' in why && why.raw !== undefined && { raw: why.raw }),
    }),
  );
}

export function noSecretToRevoke(): TrailbossError {
  return new TrailbossError('SESSION_ENDED', {
    what: 'its sign-in is not open here.',
    unchanged: 'Nothing was sent.',
    next: 'Delete the token on the hub.',
  });
}

/** The secret is in a file that can't be opened now. */
export function stillSealed(host: string): KnownProblem {
  return knownProblem(
    new TrailbossError('SECRETS_LOCKED', {
      what: `You are signed out of ${host} here, but its token is still in the file of sign-ins, which can't be opened now.`,
      unchanged: 'The token stays valid on the hub, and sealed here.',
      next: 'It leaves the file as soon as that can be opened. Delete it on the hub too.',
    }),
  );
}

export function wrongNick(nick: string): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: `The name that was typed is not the device's: it is called ${nick} on the hub.`,
    unchanged: 'Nothing was deleted.',
    next: 'Type the name as it is there.',
  });
}

export function notOnHub(): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: 'This device is not reached over a hub now.',
    unchanged: 'Nothing was changed.',
    next: 'Sign in to its account in Settings, and try again.',
  });
}

export function noPvrSession(host: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `pvr has no session on ${host} that can be used.`,
    unchanged: 'Nobody was signed in.',
    next: 'Run `pvr login` for that hub and try again, or sign in with your password.',
  });
}

/** Claiming worked and renaming did not. */
export function claimedUnderOldName(nick: string, error: TrailbossError): TrailbossError {
  return new TrailbossError(error.code, {
    ...error.data,
    what: `The device is yours now, but could not be named: ${error.data.what}`,
    unchanged: `It is claimed, and called ${nick}.`,
  });
}
