import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { type Draft, DraftObject } from '../../shared/contract/draft.ts';

/** What undo and redo bring back of a draft: everything but its name and its dates. */
export type DraftContent = Pick<Draft, 'base' | 'text' | 'unfinished' | 'objects'>;

const fields = ['revision', 'base', 'text', 'unfinished', 'objects'] as const;
type Texts = Readonly<Record<(typeof fields)[number], string>>;

/** Where a text differs from another: its place, how much goes, and what comes instead. Offsets are UTF-16 code units. */
const Splice = z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative(), z.string()]);
const Patch = z.partialRecord(z.enum(fields), Splice);

/** Packs what leads from one content to the other: small where they are alike, because only what differs is in it. */
export function patchBetween(from: DraftContent, to: DraftContent): Uint8Array {
  const [before, after] = [textsOf(from), textsOf(to)];
  const differing = fields.filter((field) => before[field] !== after[field]);
  const patch: z.infer<typeof Patch> = Object.fromEntries(differing.map((field) => [field, splice(before[field], after[field])]));
  return deflateRawSync(JSON.stringify(patch));
}

/** What `patchBetween` led to. The content must be the one that the patch was made from. Throws on bytes that are no patch. */
export function patched(content: DraftContent, bytes: Uint8Array): DraftContent {
  const patch = Patch.parse(JSON.parse(inflateRawSync(bytes).toString()));
  const texts = textsOf(content);
  const applied = (field: (typeof fields)[number]) => {
    const [at, gone, text] = patch[field] ?? [0, 0, ''];
    return texts[field].slice(0, at) + text + texts[field].slice(at + gone);
  };
  return {
    base: { revision: applied('revision'), text: applied('base') },
    text: applied('text'),
    unfinished: z.record(z.string(), z.string()).parse(JSON.parse(applied('unfinished'))),
    objects: z.array(DraftObject).parse(JSON.parse(applied('objects'))),
  };
}

/** The objects that only one of two contents has. */
export function objectsApart(one: DraftContent, other: DraftContent): string[] {
  const here = new Set(one.objects.map(({ sha }) => sha));
  const there = new Set(other.objects.map(({ sha }) => sha));
  return [...[...here].filter((sha) => !there.has(sha)), ...[...there].filter((sha) => !here.has(sha))];
}

function textsOf({ base, text, unfinished, objects }: DraftContent): Texts {
  return {
    revision: base.revision,
    base: base.text,
    text,
    unfinished: JSON.stringify(unfinished),
    objects: JSON.stringify(objects),
  };
}

function splice(from: string, to: string): z.infer<typeof Splice> {
  const shorter = Math.min(from.length, to.length);
  let head = 0;
  while (head < shorter && from.charCodeAt(head) === to.charCodeAt(head)) head += 1;
  let tail = 0;
  while (tail < shorter - head && from.charCodeAt(from.length - 1 - tail) === to.charCodeAt(to.length - 1 - tail)) tail += 1;
  return [head, from.length - head - tail, to.slice(head, to.length - tail)];
}
