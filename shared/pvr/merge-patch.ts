import { decodeString, expectEnd, scanJson } from '../state/json.ts';

/**
 * The JSON text `target` with the merge patch applied (RFC 7386): members of objects one by one, `null` takes a member away, everything else
 * takes the old value's place. Source texts of values survive, numbers included; members stay in their order, new ones come behind.
 * `likePvr` also drops what pvr's library drops of new values: `null` in their arrays (evanphx/json-patch 4.9, pruneNils).
 * Throws JsonSyntaxError. Nesting has no limit.
 */
export function mergePatch(target: string, patch: string, options: { readonly likePvr?: boolean } = {}): string {
  const pieces: string[] = [];
  const work: Work[] = [{ target: parse(target), patch: parse(patch) }];
  const likePvr = options.likePvr === true;
  for (let next = work.pop(); next !== undefined; next = work.pop()) {
    if (typeof next === 'string') pieces.push(next);
    else work.push(...merged(next, likePvr).reverse());
  }
  return pieces.join('');
}

/** A value where it stands. Of two equal keys the last counts, as Go reads it. */
interface Value {
  readonly raw: () => string;
  readonly members?: Map<string, Member>;
  readonly items?: Value[];
  readonly isNull: boolean;
}

interface Member {
  readonly key: string;
  readonly value: Value;
}

/** A piece of the result, or two values to be made one. Without a target, a new value is put in that the patch's nulls are not part of. */
type Work = string | { readonly target: Value | undefined; readonly patch: Value };

function merged({ target, patch }: Exclude<Work, string>, likePvr: boolean): Work[] {
  if (patch.members === undefined) {
    const isNew = target?.members === undefined;
    return likePvr && isNew && patch.items !== undefined ? withoutNulls(patch.items) : [patch.raw()];
  }
  const out: Work[] = [];
  const put = (key: string, value: Work) => out.push(out.length === 0 ? `{${key}:` : `,${key}:`, value);
  const old = target?.members;
  for (const [name, { key, value }] of old ?? []) {
    const change = patch.members.get(name);
    if (change === undefined) put(key, value.raw());
    else if (!change.value.isNull) put(key, { target: value, patch: change.value });
  }
  for (const [name, { key, value }] of patch.members) {
    if (!value.isNull && old?.has(name) !== true) put(key, { target: undefined, patch: value });
  }
  return out.length === 0 ? ['{}'] : [...out, '}'];
}

function withoutNulls(items: readonly Value[]): Work[] {
  const kept = items.filter((item) => !item.isNull);
  return ['[', ...kept.flatMap((patch, index): Work[] => [...(index === 0 ? [] : [',']), { target: undefined, patch }]), ']'];
}

function parse(text: string): Value {
  const open: { readonly value: Value; readonly setEnd: (end: number) => void; key: string; name: string }[] = [];
  let root: Value | undefined;
  const add = (value: Value) => {
    const parent = open.at(-1);
    if (parent === undefined) root = value;
    else if (parent.value.members === undefined) parent.value.items?.push(value);
    else parent.value.members.set(parent.name, { key: parent.key, value });
  };
  const end = scanJson(text, 0, {
    open(kind, start) {
      let stop = start;
      const raw = () => text.slice(start, stop);
      const value: Value = { raw, isNull: false, ...(kind === 'object' ? { members: new Map() } : { items: [] }) };
      add(value);
      const setEnd = (to: number) => {
        stop = to;
      };
      open.push({ value, setEnd, key: '', name: '' });
    },
    close(to) {
      open.pop()?.setEnd(to);
    },
    key(start, to) {
      const parent = open.at(-1);
      if (parent === undefined) return;
      parent.key = text.slice(start, to);
      parent.name = decodeString(parent.key);
    },
    scalar(kind, start, to) {
      const raw = text.slice(start, to);
      add({ raw: () => raw, isNull: kind === 'literal' && raw === 'null' });
    },
  });
  expectEnd(text, end);
  if (root === undefined) throw new Error('a JSON text has one value, or the scanner throws');
  return root;
}
