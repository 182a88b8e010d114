/** States, each kept once as canonical JSON under its sha. */
import { canonicalize, stateSha } from '../../../shared/state/canonical.ts';
import { type HubDatabase, textOf } from './database.ts';
import { DOT, isMap, parseJson } from './json-text.ts';

export interface StateRecords {
  /** Keeps a state; its sha. Throws for what is no JSON. */
  keep(text: string): string;
  /** Canonical; `{}` for one that is not there. */
  text(sha: string): string;
  /** With the dots of its top-level keys escaped, as /changes sends it. */
  escapedText(sha: string): string;
  /** The objects that a state names, in its order, one that is named twice twice. */
  objects(sha: string): readonly NamedObject[];
}

export interface NamedObject {
  readonly name: string;
  /** What stands there; not always a sha256. */
  readonly sha: string;
}

const CACHE_SIZE = 2000;

export function openStates(database: HubDatabase): StateRecords {
  const kept = new Map<string, string>();
  const texts = new Map<string, string>();
  const escaped = new Map<string, string>();
  const named = new Map<string, readonly NamedObject[]>();

  const records: StateRecords = {
    keep: (given) =>
      remembered(kept, given, () => {
        const sha = stateSha(given);
        // A genuine U+FF2E in a key comes back as a dot.
        database.run('INSERT OR IGNORE INTO states VALUES (?, ?)', sha, canonicalize(given));
        return sha;
      }),
    text: (sha) =>
      remembered(texts, sha, () => {
        const text = textOf(database.get('SELECT text FROM states WHERE sha = ?', sha) ?? {}, 'text');
        return text.startsWith('{') ? (text.includes(DOT) ? renamed(text, DOT, '.') : text) : '{}';
      }),
    escapedText: (sha) => remembered(escaped, sha, () => renamed(records.text(sha), '.', DOT)),
    objects: (sha) => remembered(named, sha, () => namedIn(records.text(sha))),
  };
  return records;
}

function remembered<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHE_SIZE) cache.clear();
  const made = make();
  cache.set(key, made);
  return made;
}

/** A state with other top-level keys, canonical again. */
function renamed(text: string, from: string, to: string): string {
  const state = parseJson(text);
  if (!isMap(state)) return '{}';
  const members = Object.entries(state).map(([key, value]) => [key.replaceAll(from, to), value]);
  return canonicalize(JSON.stringify(Object.fromEntries(members)));
}

function namedIn(text: string): readonly NamedObject[] {
  const state = parseJson(text);
  if (!isMap(state)) return [];
  return Object.entries(state).flatMap(([name, sha]) => (typeof sha === 'string' && name !== '#spec' ? [{ name, sha }] : []));
}
