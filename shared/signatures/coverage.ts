import { compareCodePoints } from '../state/canonical.ts';
import type { StateDocument, StateEntry } from '../state/state.ts';
import { type GlobBudget, globBudget } from './glob.ts';
import { devicePayloadOf, payloadOfKeys } from './payload.ts';
import { type PvsSignature, type ReadPvs, readPvs, saysPvs } from './pvs.ts';
import { deviceSelector, keysOf, rawKey, select } from './selection.ts';

/** One signature of a state with the keys that it speaks of; nothing is said here of whether it holds. All lists are sorted. */
export interface SignatureCoverage {
  /** What stands between `_sigs/` and `.json`; the whole key for one that lies elsewhere. */
  readonly name: string;
  readonly key: string;
  readonly read: ReadPvs;
  /** Keys that it protects, and those that it leaves out by name, as `pvr sig ls` has them. */
  readonly covers: readonly string[];
  readonly excludes: readonly string[];
  /** Keys that the device covers and pvr does not, and those that pvr covers and the device does not. */
  readonly onlyDevice: readonly string[];
  readonly onlyPvr: readonly string[];
}

export interface Coverage {
  /** Sorted by name. */
  readonly signatures: readonly SignatureCoverage[];
  /** Over all signatures that can be read: a key stands in the first of the three that fits. */
  readonly protected: readonly string[];
  readonly excluded: readonly string[];
  readonly notSeen: readonly string[];
  /**
   * Keys that the device misses in every signature's patterns: with secureboot `strict` it refuses the state for them. Neither
   * `_sigs/…` nor what an exclude names counts (pantavisor signature.c, pv_signature_all_covered).
   */
  readonly deviceUncovered: readonly string[];
}

const FOLDER = '_sigs/';
const SUFFIX = '.json';

/** The name of a signature that lies under `_sigs/`; undefined for another key. */
export function signatureName(key: string): string | undefined {
  if (!key.startsWith(FOLDER) || !key.endsWith(SUFFIX) || key.length <= FOLDER.length + SUFFIX.length) return undefined;
  return key.slice(FOLDER.length, -SUFFIX.length);
}

export function signatureKey(name: string): string {
  return `${FOLDER}${name}${SUFFIX}`;
}

/** pvr looks at all of the committed state, or at those that are named, which may also be new files. */
function lookedAt(
  state: StateDocument,
  { replaced, only }: CoverageOptions,
): readonly { readonly key: string; readonly raw: string }[] {
  const committed = signatureEntries(state);
  if (only === undefined) return committed;
  const files = [...(replaced ?? [])].filter(([key]) => !state.byKey.has(key)).map(([key, raw]) => ({ key, raw }));
  return [...committed, ...files].filter(({ key }) => only.includes(nameOf(key))).sort((a, b) => compareCodePoints(a.key, b.key));
}

function nameOf(key: string): string {
  return signatureName(key) ?? key;
}

/** The entries that are signatures, for pvr or by their name, sorted by key. */
export function signatureEntries(state: StateDocument): readonly StateEntry[] {
  const found = state.entries.filter((entry) => isSignature(entry));
  return found.sort((a, b) => compareCodePoints(a.key, b.key));
}

export interface CoverageOptions {
  /**
   * Texts of signature files by key, to be read instead of the state's own: `pvr sig ls` takes them from the working tree, and the
   * entries from the committed state.
   */
  readonly replaced?: ReadonlyMap<string, string> | undefined;
  /** The signatures to look at, by name; all when absent. */
  readonly only?: readonly string[] | undefined;
}

/** What the signatures of a state cover. */
export function coverageOf(state: StateDocument, { replaced, only }: CoverageOptions = {}): Coverage {
  const keys = keysOf(state);
  const rawKeys = keys.map(rawKey);
  const budget = globBudget();
  const touched = new Set<string>();
  const ranks = new Map<string, 'protected' | 'excluded'>();
  const signatures = lookedAt(state, { replaced, only }).map(({ key, raw }) => {
    const found = covered(readPvs(replaced?.get(key) ?? raw), keys, rawKeys, touched, budget);
    for (const key of found.excludes) if (!ranks.has(key)) ranks.set(key, 'excluded');
    for (const key of found.covers) ranks.set(key, 'protected');
    return { name: nameOf(key), key, ...found };
  });
  return {
    signatures,
    protected: keys.filter((key) => ranks.get(key) === 'protected'),
    excluded: keys.filter((key) => ranks.get(key) === 'excluded'),
    notSeen: signatures.some(({ read }) => read.ok) ? keys.filter((key) => !ranks.has(key)) : [],
    deviceUncovered: keys.filter((key) => !touched.has(key) && !key.startsWith(FOLDER)),
  };
}

/** Whether what the device makes of the entries is the very text that was signed (see devicePayloadOf). */
export function deviceSeesSamePayload(
  state: StateDocument,
  { covers, read }: Pick<SignatureCoverage, 'covers' | 'read'>,
): boolean {
  if (!read.ok) return false;
  const payload = payloadOfKeys(state, covers);
  return payload.ok && devicePayloadOf(state, deviceText(read.pvs)) === payload.text;
}

function covered(
  read: ReadPvs,
  keys: readonly string[],
  rawKeys: readonly string[],
  touched: Set<string>,
  budget: GlobBudget,
): Omit<SignatureCoverage, 'name' | 'key'> {
  const none = { covers: [], excludes: [], onlyDevice: [], onlyPvr: [] };
  if (!read.ok) return { read, ...none };
  const chosen = select(read.pvs, keys, budget);
  if (!chosen.ok) return { read: { ok: false, reason: `its pattern ${chosen.reason}` }, ...none };
  const byPvr = new Set(chosen.covered);
  const onlyDevice: string[] = [];
  const onlyPvr: string[] = [];
  const choose = deviceSelector(deviceText(read.pvs));
  for (const [at, key] of keys.entries()) {
    const choice = choose(rawKeys[at] ?? key);
    if (choice !== 'unseen') touched.add(key);
    if (choice === 'covered' && !byPvr.has(key)) onlyDevice.push(key);
    if (choice !== 'covered' && byPvr.has(key)) onlyPvr.push(key);
  }
  return { read, covers: chosen.covered, excludes: chosen.excluded, onlyDevice, onlyPvr };
}

function deviceText({ rawInclude, rawExclude }: PvsSignature) {
  return { include: rawInclude, exclude: rawExclude };
}

/** An entry under `_sigs/` that is no signature is shown as one that can't be read: somebody meant it to be one. */
function isSignature({ key, raw, kind }: StateEntry): boolean {
  if (signatureName(key) !== undefined) return true;
  return kind === 'json' && saysPvs(raw);
}
