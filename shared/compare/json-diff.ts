import { canonicalize } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';
import { decodeString } from '../state/json.ts';
import { childPointer, type JsonNode, readTree } from './json-tree.ts';
import { pairsByContent, pairsByName } from './list-pairs.ts';
import { sayTheSame } from './same-json.ts';

/** `within`: something inside differs. `moved`: the same list item at another place among the others. */
export type DiffKind = 'same' | 'added' | 'removed' | 'changed' | 'within' | 'moved';

/** A value on both sides, or on the one that has it. */
export interface JsonDiff {
  readonly kind: DiffKind;
  /** A member's key, a list item's name where items have names, else its place from 0; empty for the whole value. */
  readonly label: string;
  /** Whether `label` is a key, a name, or a place. */
  readonly labelled: 'key' | 'name' | 'place' | 'whole';
  /** What it is on the newer side, or on the only one. */
  readonly shape: 'object' | 'array' | 'value';
  /** The value's source text and its RFC 6901 pointer on each side that has it. */
  readonly before?: { readonly text: string; readonly pointer: string };
  readonly after?: { readonly text: string; readonly pointer: string };
  /** Empty for a `value`, and for what is another shape on the other side. */
  readonly children: readonly JsonDiff[];
}

/** What is nested deeper is compared and shown as one value. */
const deepest = 100;

/** Members that name the items of a list: containers and groups have `name`, other lists `id` or `key`. */
const namingKeys = ['name', 'id', 'key'] as const;

/**
 * How two JSON values differ, as a tree: members by key, items of a list by their name where all have one, else by what they say. In
 * the newer text's order, with removed members behind their siblings. To show only: what a change does to a device comes from the
 * raw text. An undefined side is not there. Throws JsonSyntaxError.
 */
export function jsonDiff(before: string | undefined, after: string | undefined): JsonDiff {
  const sides: Sides = { before: before ?? '', after: after ?? '' };
  return diffAt(
    sides,
    { label: '', labelled: 'whole' },
    before === undefined ? undefined : { node: readTree(before), pointer: '' },
    after === undefined ? undefined : { node: readTree(after), pointer: '' },
    0,
  );
}

interface Sides {
  readonly before: string;
  readonly after: string;
}

interface Placed {
  readonly node: JsonNode;
  readonly pointer: string;
}

type Label = Pick<JsonDiff, 'label' | 'labelled'>;

function diffAt(
  sides: Sides,
  label: Label,
  before: Placed | undefined,
  after: Placed | undefined,
  depth: number,
  moved = false,
): JsonDiff {
  const told = {
    ...label,
    shape: shapeOf((after ?? before)?.node),
    ...(before && { before: { text: textOf(sides.before, before), pointer: before.pointer } }),
    ...(after && { after: { text: textOf(sides.after, after), pointer: after.pointer } }),
  };
  const comparable = before === undefined || after === undefined || shapeOf(before.node) === shapeOf(after.node);
  const opened = told.shape !== 'value' && comparable && depth < deepest;
  const children = opened ? once(() => childrenOf(sides, before, after, depth)) : () => noChildren;
  const [old, now] = [told.before?.text, told.after?.text];
  const kind = kindOf(old, now, comparable, opened ? children : undefined);
  return {
    ...told,
    kind: moved && kind === 'same' ? 'moved' : kind,
    get children() {
      return children();
    },
  };
}

const noChildren: readonly JsonDiff[] = [];

/** Large documents are alike in most places: what is inside those is worked out when somebody looks. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function kindOf(
  before: string | undefined,
  after: string | undefined,
  comparable: boolean,
  children: (() => readonly JsonDiff[]) | undefined,
): DiffKind {
  if (after === undefined) return 'removed';
  if (before === undefined) return 'added';
  if (before === after) return 'same';
  if (children !== undefined) return children().every(({ kind }) => kind === 'same') ? 'same' : 'within';
  return comparable && sayTheSame(before, after) ? 'same' : 'changed';
}

function textOf(text: string, { node }: Placed): string {
  return text.slice(node.start, node.end);
}

function shapeOf(node: JsonNode | undefined): JsonDiff['shape'] {
  return node?.kind === 'object' || node?.kind === 'array' ? node.kind : 'value';
}

function childrenOf(sides: Sides, before: Placed | undefined, after: Placed | undefined, depth: number): readonly JsonDiff[] {
  const old = membersOf(before);
  const now = membersOf(after);
  if (shapeOf((after ?? before)?.node) !== 'array') {
    const keys = [...now.keys(), ...[...old.keys()].filter((key) => !now.has(key))];
    return keys.map((key) => diffAt(sides, { label: key, labelled: 'key' }, old.get(key), now.get(key), depth + 1));
  }
  const items = { before: [...old.values()], after: [...now.values()] };
  const names = namesOf(sides, items);
  const pairs =
    names === undefined
      ? pairsByContent(contentsOf(sides.before, items.before), contentsOf(sides.after, items.after))
      : pairsByName(names.before, names.after);
  return pairs.map((pair) => {
    const name = names && (pair.after === undefined ? names.before[pair.before ?? 0] : names.after[pair.after]);
    const label: Label =
      name === undefined
        ? { label: String(pair.after ?? pair.before ?? 0), labelled: 'place' }
        : { label: name, labelled: 'name' };
    const [one, other] = [placed(items.before, pair.before), placed(items.after, pair.after)];
    return diffAt(sides, label, one, other, depth + 1, pair.moved);
  });
}

function placed(items: readonly Placed[], index: number | undefined): Placed | undefined {
  return index === undefined ? undefined : items[index];
}

function membersOf(value: Placed | undefined): ReadonlyMap<string, Placed> {
  if (value === undefined || !('children' in value.node)) return new Map();
  return new Map([...value.node.children].map(([key, node]) => [key, { node, pointer: childPointer(value.pointer, key) }]));
}

interface Items {
  readonly before: readonly Placed[];
  readonly after: readonly Placed[];
}

/** The names of all items, where each item of both lists has one and none is there twice. */
function namesOf(
  sides: Sides,
  items: Items,
): { readonly before: readonly string[]; readonly after: readonly string[] } | undefined {
  for (const key of namingKeys) {
    const before = items.before.map((item) => nameOf(sides.before, item, key));
    const after = items.after.map((item) => nameOf(sides.after, item, key));
    if (allDifferent(before) && allDifferent(after)) return { before, after };
  }
  return undefined;
}

function allDifferent(names: readonly (string | undefined)[]): names is readonly string[] {
  return !names.includes(undefined) && new Set(names).size === names.length;
}

function nameOf(text: string, { node }: Placed, key: string): string | undefined {
  const member = node.kind === 'object' ? node.children.get(key) : undefined;
  return member?.kind === 'string' ? decodeString(text.slice(member.start, member.end)) : undefined;
}

function contentsOf(text: string, items: readonly Placed[]): readonly string[] {
  return items.map((item) => {
    const raw = textOf(text, item);
    if (plain.test(raw)) return raw;
    try {
      return canonicalize(raw);
    } catch (error) {
      if (error instanceof CanonicalNumberError) return raw;
      throw error;
    }
  });
}

/** Scalars that are written in their canonical form: strings without escapes, whole numbers, literals. */
const plain = /^(?:"[^"\\]*"|0|[1-9]\d*|true|false|null)$/;
