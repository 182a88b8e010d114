import { z } from 'zod';

const SHA256 = /^[0-9a-f]{64}$/;

/** The name of an object: the sha256 of its bytes as 64 lowercase hex digits. The device compares it as text. */
export const Sha256 = z.string().regex(SHA256, 'not a sha256: 64 lowercase hex digits').brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;

/** A revision is a name ("14", "locals/fix-dns"), never a number. */
export const RevisionName = z
  .string()
  .min(1, 'a revision has a name')
  .max(200, 'a revision name has at most 200 characters')
  .brand<'RevisionName'>();
export type RevisionName = z.infer<typeof RevisionName>;

export function parseSha256(text: string): Sha256 | undefined {
  return isSha256(text) ? text : undefined;
}

export function parseRevisionName(text: string): RevisionName | undefined {
  const parsed = RevisionName.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}

/** The number of a revision on a hub's trail; undefined for a name that no hub gives (`locals/…`). */
export function hubNumber(revision: string): number | undefined {
  return /^(?:0|[1-9]\d{0,14})$/.test(revision) ? Number(revision) : undefined;
}

/** The same test as the schema's, without its cost: a state has thousands. */
function isSha256(text: string): text is Sha256 {
  return text.length === 64 && SHA256.test(text);
}
