/** A device's own date as an instant; undefined where it is no date that is understood, or one from a clock that was never set. */
export function instantOf(date: string | undefined): number | undefined {
  if (date === undefined) return undefined;
  const instant = Date.parse(date);
  // A board without a battery starts in 1970 until it hears the time.
  return Number.isNaN(instant) || new Date(instant).getUTCFullYear() < 2000 ? undefined : instant;
}
