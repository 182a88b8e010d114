/** The platform's own place for secrets, as the host of the backend hands it in. Only this user can decrypt what it encrypts. */
export interface Keyring {
  readonly available: boolean;
  /** Why there is none, for people; said where `available` is false. */
  readonly reason?: string | undefined;
  /** @throws whatever the platform throws when it can't */
  encrypt(text: string): Uint8Array;
  /** @throws whatever the platform throws when it can't, for bytes of another user or computer too */
  decrypt(bytes: Uint8Array): string;
}

/** For a host that has no keyring. */
export function noKeyring(reason: string): Keyring {
  const refuse = () => {
    throw new Error(reason);
  };
  return { available: false, reason, encrypt: refuse, decrypt: refuse };
}

/** What the browser host has. */
export const noKeyringInBrowser = noKeyring(
  "In the browser, Trailboss runs as a plain program without a way to the system's keyring. The desktop program has one.",
);
