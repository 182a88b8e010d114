/** A device answers several times a second while it is well; up to this it is not worth a word. */
export const quietAfterMs = 6_000;

/** A reboot of a real board takes longer than the 20 to 30 s that were measured; beyond this something may be wrong. */
export const longAfterMs = 90_000;

export type Silence =
  | { readonly kind: 'never-heard' }
  | {
      readonly kind: 'answering' | 'quiet' | 'long';
      readonly lastHeardAt: number;
      readonly ageMs: number;
      readonly words: string;
    };

/**
 * How long a device has not answered, at `now` (both in milliseconds since 1970). Silence is no error: the device's server has one
 * thread, and is silent for about 5 s at every update's end and container stop, and for 20 to 30 s and more during a reboot.
 */
export function silence(lastHeardAt: number | undefined, now: number): Silence {
  if (lastHeardAt === undefined) return { kind: 'never-heard' };
  const ageMs = Math.max(0, now - lastHeardAt);
  const since = `Not answering for ${Math.round(ageMs / 1000)} s`;
  if (ageMs < quietAfterMs) return { kind: 'answering', lastHeardAt, ageMs, words: 'Answering' };
  if (ageMs < longAfterMs)
    return { kind: 'quiet', lastHeardAt, ageMs, words: `${since}: normal while containers stop or the board reboots.` };
  return {
    kind: 'long',
    lastHeardAt,
    ageMs,
    words: `${since}: longer than a reboot usually takes. The update goes on without Trailboss.`,
  };
}
