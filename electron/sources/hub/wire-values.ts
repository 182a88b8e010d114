import { z } from 'zod';

/*
 * What the hub's answers are made of, read with tolerance: null and missing alike, numbers as texts, "never" as the year 1 or 1970.
 */

export const Text = z
  .string()
  .nullish()
  .transform((text) => text ?? '')
  .catch('');

/** '' and null are none. */
export const OptionalText = z
  .string()
  .nullish()
  .transform((text) => text || undefined)
  .catch(undefined);

export const Count = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .nullish()
  .transform((count) => count ?? undefined)
  .catch(undefined);

export const Flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .nullish()
  .transform((flag) => flag ?? false)
  .catch(false);

/** An RFC 3339 time in milliseconds since 1970, by the hub's clock; undefined for none and for "never" (hub.md §0). */
export const Instant = z
  .string()
  .nullish()
  .transform((text) => {
    const at = text ? Date.parse(text) : Number.NaN;
    return Number.isNaN(at) || at <= 0 ? undefined : at;
  })
  .catch(undefined);

/** A map, whatever is in it; anything else is an empty one. Keys are not looked at one by one: a fleet has a million of them. */
export const Meta = z
  .unknown()
  .optional()
  .transform((map): Readonly<Record<string, unknown>> => (isMap(map) ? map : {}));

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The ids of a device in all its forms: 24 hex digits, `prn:::devices:/…`, `<device>-<revision>`. */
export function deviceIdIn(text: string): string | undefined {
  return /(?:^|\/)([0-9a-f]{24})(?:-\d+)?$/.exec(text)?.[1];
}

export function devicePrn(id: string): string {
  return `prn:::devices:/${id}`;
}

/** A list whose entries are read one by one: what can't be read is left out, and null is an empty one. */
export function listOf<T>(read: (entry: unknown) => T | undefined): z.ZodType<T[], unknown> {
  return z
    .array(z.unknown())
    .nullish()
    .transform((entries) => (entries ?? []).flatMap((entry) => read(entry) ?? []));
}
