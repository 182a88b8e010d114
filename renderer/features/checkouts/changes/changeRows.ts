import type { CheckoutView, FileLetter, StatusLine } from '../../../../shared/contract/checkout.ts';

type Problem = CheckoutView['problems'][number];

/** A group of the list: a letter of `pvr status`, or what can't be read, which pvr would fail at. */
export type ChangeGroup = FileLetter | '!';

/** One file of the list. A file that can't be read may have no line of the status. */
export interface ChangedFile {
  readonly path: string;
  readonly group: ChangeGroup;
  readonly line: StatusLine | undefined;
  readonly problem: string | undefined;
}

export type ChangeRow =
  | { readonly kind: 'part'; readonly id: string; readonly group: ChangeGroup; readonly count: number; readonly open: boolean }
  | { readonly kind: 'entry'; readonly id: string; readonly file: ChangedFile };

const groups: readonly ChangeGroup[] = ['!', 'A', 'D', 'C', '?'];

/** The files of a status in its order: what can't be read, added, removed, changed, not tracked. */
export function changedFiles(status: readonly StatusLine[], problems: readonly Problem[]): readonly ChangedFile[] {
  const said = new Map(problems.map(({ path, text }) => [path, text]));
  const lines = new Map(status.map((line) => [line.path, line]));
  const broken = [...said].map(([path, problem]): ChangedFile => ({ path, group: '!', line: lines.get(path), problem }));
  const rest = status
    .filter(({ path }) => !said.has(path))
    .map((line): ChangedFile => ({ path: line.path, group: line.letter, line, problem: undefined }));
  return [...broken, ...rest];
}

/** A group's row can't be a path: no path of a folder begins with a slash. */
export function groupRowId(group: ChangeGroup): string {
  return `/${group}`;
}

/** The files that a filter shows: those with all of its words in their path. */
function fitting(files: readonly ChangedFile[], filter: string): readonly ChangedFile[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return words.length === 0 ? files : files.filter(({ path }) => words.every((word) => path.toLowerCase().includes(word)));
}

/** The rows for the groups that are open; words in the filter open all. */
export function changeRows(files: readonly ChangedFile[], closed: ReadonlySet<string>, filter: string): readonly ChangeRow[] {
  const shown = fitting(files, filter);
  return groups.flatMap((group): readonly ChangeRow[] => {
    const own = shown.filter((file) => file.group === group);
    if (own.length === 0) return [];
    const id = groupRowId(group);
    const open = filter.trim() !== '' || !closed.has(id);
    const head: ChangeRow = { kind: 'part', id, group, count: own.length, open };
    return open ? [head, ...own.map((file): ChangeRow => ({ kind: 'entry', id: file.path, file }))] : [head];
  });
}

/** What a row stands for: one file, or those of its group that the filter shows. */
export function filesOfRow(files: readonly ChangedFile[], id: string | undefined, filter: string): readonly ChangedFile[] {
  if (id === undefined || !id.startsWith('/')) return files.filter(({ path }) => path === id);
  return fitting(files, filter).filter(({ group }) => groupRowId(group) === id);
}

/** All of the paths marked, or none of them where all were. */
export function withMarksTurned(marks: ReadonlySet<string>, paths: readonly string[]): ReadonlySet<string> {
  const turned = new Set(paths);
  return paths.every((path) => marks.has(path))
    ? new Set([...marks].filter((path) => !turned.has(path)))
    : new Set([...marks, ...paths]);
}

/**
 * The row that is selected after the list changed outside: the same as long as it is there, else the one that took its place among the
 * files, else the last one.
 */
export function keptSelection(
  before: readonly string[],
  after: readonly string[],
  selected: string | undefined,
): string | undefined {
  if (selected === undefined || after.includes(selected) || selected.startsWith('/')) return selected;
  const at = before.indexOf(selected);
  if (at === -1) return after[0];
  const there = new Set(after);
  return (
    before.slice(at + 1).find((path) => there.has(path)) ?? before.slice(0, at).findLast((path) => there.has(path)) ?? after[0]
  );
}

/** Marked paths without those that are gone; the same set where none is. */
export function keptMarks(marks: ReadonlySet<string>, files: readonly ChangedFile[]): ReadonlySet<string> {
  const there = new Set(files.map(({ path }) => path));
  return [...marks].every((path) => there.has(path)) ? marks : new Set([...marks].filter((path) => there.has(path)));
}

/** What can be done with some files, by the paths that it is done to. */
export interface PossibleActs {
  readonly add: readonly string[];
  readonly raw: readonly string[];
  readonly reset: readonly string[];
  readonly remove: readonly string[];
}

export function possibleActs(files: readonly ChangedFile[]): PossibleActs {
  const paths = (fits: (file: ChangedFile) => boolean) => files.filter(fits).map(({ path }) => path);
  return {
    add: paths(({ group }) => group === '?'),
    // A JSON file that is tracked as part of the state becomes an object by this.
    raw: paths(({ group, line }) => group === '?' || (group !== 'D' && group !== '!' && line?.kind === 'json')),
    reset: paths(({ group }) => group !== '?'),
    remove: paths(({ group }) => group !== 'D'),
  };
}

/** Whether pvr skips a path whatever it is asked: everything that begins with `.pv` in the root (pvr repolib.go:244). */
export function isNeverAdded(path: string): boolean {
  return path.startsWith('.pv');
}
