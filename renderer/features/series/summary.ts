import type { SeriesItem } from '../../../shared/contract/series.ts';
import { strings } from '../../strings/series.ts';

/** So many different sets of restarted containers are told apart. */
const mostSets = 3;
const words = strings.summary;

/** What a series will do, or did, in one sentence: "5 devices: 3 reboot, 2 restart web; 1 unchanged; 1 needs a choice." */
export function summaryOf(items: readonly SeriesItem[]): string {
  const touched = items.filter(({ state }) => state === 'ready' || state === 'posting' || state === 'done' || state === 'failed');
  const effects = effectsOf(touched);
  const count = (state: SeriesItem['state']) => items.filter((item) => item.state === state).length;
  const asides: readonly (readonly [number, (count: number) => string])[] = [
    [count('unchanged'), words.unchanged],
    [count('conflict'), words.choices],
    [count('problem'), words.problems],
    [count('left-out'), words.leftOut],
    [count('preparing'), words.reading],
  ];
  const rest = asides.filter(([many]) => many > 0).map(([many, say]) => say(many));
  const first = effects.length === 0 ? [] : [`${effects.join(', ')}`];
  const told = [...first, ...rest].join('; ');
  return told === '' ? `${words.devices(items.length)}.` : `${words.devices(items.length)}: ${told}.`;
}

function effectsOf(items: readonly SeriesItem[]): readonly string[] {
  let [reboots, quiet, refused, crashes, unknown] = [0, 0, 0, 0, 0];
  const restarts = new Map<string, number>();
  for (const { forecast } of items) {
    if (forecast === undefined) unknown += 1;
    else if (forecast.kind === 'refused') refused += 1;
    else if (forecast.kind === 'crash') crashes += 1;
    else if (forecast.transition === 'reboot') reboots += 1;
    else {
      const names = [...new Set([...forecast.restarts, ...forecast.starts, ...forecast.stops])].sort();
      if (names.length === 0) quiet += 1;
      else restarts.set(listed(names), (restarts.get(listed(names)) ?? 0) + 1);
    }
  }
  const restarting = [...restarts.values()].reduce((sum, many) => sum + many, 0);
  const sets = [...restarts].sort(([, a], [, b]) => b - a).map(([names, many]) => words.restarts(many, names));
  return [
    ...(crashes > 0 ? [words.crashes(crashes)] : []),
    ...(refused > 0 ? [words.refuses(refused)] : []),
    ...(reboots > 0 ? [words.reboots(reboots)] : []),
    ...(sets.length > mostSets ? [words.someRestart(restarting)] : sets),
    ...(quiet > 0 ? [words.quiet(quiet)] : []),
    ...(unknown > 0 ? [words.unknown(unknown)] : []),
  ];
}

function listed(names: readonly string[]): string {
  const named = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} more`] : names;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

/** How far posting has come. `all` counts every device that gets something. */
export function progressOf(items: readonly SeriesItem[]): {
  readonly done: number;
  readonly failed: number;
  readonly posting: number;
  readonly all: number;
} {
  const count = (...states: readonly SeriesItem['state'][]) => items.filter(({ state }) => states.includes(state)).length;
  return {
    done: count('done'),
    failed: count('failed'),
    posting: count('posting'),
    all: count('ready', 'posting', 'done', 'failed', 'conflict', 'problem', 'preparing'),
  };
}

/** Other devices whose conflicts are the very same, so that one answer serves them all. */
export function twinsOf(items: readonly SeriesItem[], { deviceId, conflicts }: SeriesItem): readonly SeriesItem[] {
  const same = JSON.stringify(conflicts);
  return items.filter(
    (item) => item.state === 'conflict' && item.deviceId !== deviceId && JSON.stringify(item.conflicts) === same,
  );
}

/** Why nothing can be posted now; undefined where it can. */
export function whyNoPost(items: readonly SeriesItem[]): string | undefined {
  const has = (...states: readonly SeriesItem['state'][]) => items.filter(({ state }) => states.includes(state)).length;
  if (has('preparing') > 0) return strings.reasons.preparing;
  const open = has('conflict', 'problem');
  if (open > 0) return strings.reasons.open(open);
  return has('ready', 'posting') > 0 ? undefined : strings.reasons.nothing;
}
