/** What a `datetime-local` field holds as an instant, by this computer's time zone; undefined where it is empty or half typed. */
export function rangeInstant(typed: string): number | undefined {
  if (!/^\d{4,}-\d\d-\d\dT\d\d:\d\d/.test(typed)) return undefined;
  const instant = new Date(typed).getTime();
  return Number.isNaN(instant) || instant < 0 ? undefined : instant;
}

/** An instant as such a field wants it, to the second. */
export function rangeText(instant: number | undefined): string {
  if (instant === undefined) return '';
  const local = new Date(instant - new Date(instant).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}
