import type { FileLetter, StatusLine } from '../contract/checkout.ts';
import { canonicalize, compareCodePoints, quote } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';
import type { Sha256 } from '../state/ids.ts';
import { JsonSyntaxError } from '../state/json.ts';
import { readValue } from './json-text.ts';
import type { NewFiles } from './new-files.ts';
import { defaultSpec, objectSha, type Pristine } from './pristine.ts';

/** What a tracked file of the working tree is for the state. */
export type FileContent =
  | { readonly kind: 'json'; readonly canonical: string }
  | { readonly kind: 'object'; readonly sha: Sha256 }
  | { readonly kind: 'problem'; readonly text: string };

export interface Working {
  /** Canonical; undefined when a tracked file has a problem. */
  readonly text: string | undefined;
  readonly members: ReadonlyMap<string, string>;
  /** Added, removed, changed: each sorted by path. What is compared is exact, where pvr compares numbers as doubles. */
  readonly status: readonly { readonly letter: FileLetter; readonly path: string; readonly kind: StatusLine['kind'] }[];
  readonly problems: readonly { readonly path: string; readonly text: string }[];
}

/** Tracked is what `.pvr/json` or `.pvr/new` names (pvr.md §1, tracking rules). */
export function isTracked(path: string, pristine: Pristine, newFiles: NewFiles): boolean {
  return pristine.members.has(path) || newFiles.has(path);
}

/** Whether a tracked file's content stands in the state itself: by the committed value, and unless it was added raw (isInlineJson). */
export function isInline(path: string, pristine: Pristine, newFiles: NewFiles): boolean {
  if (!path.endsWith('.json') || newFiles.get(path)?.forceObject === true) return false;
  return objectSha(pristine.members.get(path)) === undefined;
}

/** A `.json` file as pvr reads it: the first value. A problem is a sentence that names no path. */
export function inlineContent(text: string): FileContent {
  try {
    readValue(text);
    const canonical = canonicalize(text);
    if (objectSha(canonical) === undefined) return { kind: 'json', canonical };
    return {
      kind: 'problem',
      text: 'It holds nothing but a sha256: in a state nobody could tell it from an object. Add it raw instead.',
    };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { kind: 'problem', text: `It is no JSON: ${error.message}.` };
    if (error instanceof CanonicalNumberError)
      return { kind: 'problem', text: `It can't be brought into the state: ${error.message}.` };
    throw error;
  }
}

/** The working state of a tree (repolib.go, GetWorkingJson), and how it differs from what is committed. `files` are the tracked ones. */
export function workingState(pristine: Pristine, files: ReadonlyMap<string, FileContent>): Working {
  const members = new Map<string, string>([['#spec', pristine.members.get('#spec') ?? defaultSpec]]);
  const problems: { path: string; text: string }[] = [];
  for (const [path, content] of files) {
    if (content.kind === 'problem') problems.push({ path, text: content.text });
    else members.set(path, content.kind === 'json' ? content.canonical : quote(content.sha));
  }
  problems.sort((a, b) => compareCodePoints(a.path, b.path));
  return {
    text: problems.length === 0 ? stateText(members) : undefined,
    members,
    status: statusOf(pristine, members, new Set(problems.map(({ path }) => path))),
    problems,
  };
}

/** A state's canonical text from its members' canonical values. */
export function stateText(members: ReadonlyMap<string, string>): string {
  const keys = [...members.keys()].sort(compareCodePoints);
  return `{${keys.map((key) => `${quote(key)}:${members.get(key) ?? 'null'}`).join(',')}}`;
}

/** A file with a problem is there, and nothing more can be said of it: it counts as changed, or added. */
function statusOf(pristine: Pristine, members: ReadonlyMap<string, string>, broken: ReadonlySet<string>): Working['status'] {
  const kindOf = (path: string, raw: string | undefined) =>
    (raw === undefined ? path.endsWith('.json') : objectSha(raw) === undefined) ? ('json' as const) : ('object' as const);
  const line = (letter: FileLetter) => (path: string) => ({
    letter,
    path,
    kind: kindOf(path, members.get(path) ?? pristine.members.get(path)),
  });
  const there = new Set([...members.keys(), ...broken]);
  const added = [...there].filter((path) => !pristine.members.has(path));
  const removed = [...pristine.members.keys()].filter((path) => !there.has(path));
  const changed = [...there].filter(
    (path) => pristine.members.has(path) && (broken.has(path) || pristine.members.get(path) !== members.get(path)),
  );
  return [
    ...added.sort(compareCodePoints).map(line('A')),
    ...removed.sort(compareCodePoints).map(line('D')),
    ...changed.sort(compareCodePoints).map(line('C')),
  ];
}
