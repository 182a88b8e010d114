import type { FidelityEntry, FidelityResult } from '../../shared/contract/fidelity.ts';
import type { VerdictLine } from '../../shared/contract/update.ts';
import type { UpdateJournal } from '../storage/updates.ts';

export interface Compared {
  readonly result: FidelityResult;
  readonly lines: readonly VerdictLine[];
  readonly preflight: FidelityEntry['preflight'];
}

/**
 * An update that ended, held against all that was said of it before: the forecast line by line, and preflight as one line more; pure.
 * Undefined where nothing was forecast. A failure that preflight had warned of counts as foreseen.
 */
export function comparedWithForecast(journal: UpdateJournal): Compared | undefined {
  const { forecast } = journal;
  const outcome = journal.outcome ?? (wasRefusedAtOnce(journal) ? refusedAtOnce : undefined);
  if (outcome === undefined || forecast === undefined) return undefined;
  const foreseen = preflightLine(journal, outcome.result);
  const lines = [...moveLines(journal, outcome, foreseen), ...(foreseen === undefined ? [] : [foreseen])];
  const result = lines.some(({ agrees }) => agrees === 'no')
    ? 'wrong'
    : lines.some(({ agrees, what }) => agrees === 'yes' && what !== 'Preflight')
      ? 'right'
      : 'unobserved';
  const preflight = foreseen === undefined || foreseen.agrees === 'not-observed' ? 'not-asked' : verdictOf(foreseen.agrees);
  return { result, lines, preflight };
}

type Outcome = NonNullable<UpdateJournal['outcome']>;

const refusedAtOnce: Outcome = {
  result: 'refused',
  lost: [],
  verdict: [{ what: 'End', forecast: 'taken', actual: 'refused', agrees: 'no' }],
};

/** The device would not even take the revision (422), and a person cancelled the update then. */
function wasRefusedAtOnce({ phase, accepted, postTried, problem }: UpdateJournal): boolean {
  return phase === 'cancelled' && !accepted && postTried && problem?.code === 'BAD_STATE';
}

function verdictOf(agrees: 'yes' | 'no'): 'right' | 'wrong' {
  return agrees === 'yes' ? 'right' : 'wrong';
}

function moveLines(
  { forecast }: UpdateJournal,
  { result, verdict }: Outcome,
  foreseen: VerdictLine | undefined,
): readonly VerdictLine[] {
  if (forecast?.kind === 'move') {
    const expected = foreseen?.agrees === 'yes' && (result === 'failed' || result === 'refused');
    return verdict.map((line) => (line.what === 'End' && expected ? { ...line, agrees: 'yes' as const } : line));
  }
  const stopped = result === 'unknown' ? 'not-observed' : result === 'refused' || result === 'failed' ? 'yes' : 'no';
  const said = forecast?.kind === 'crash' ? 'the device’s daemon dies' : 'refused';
  return [{ what: 'End', forecast: said, actual: endWords[result], agrees: stopped }];
}

/** `fails` says that it may fail, which a success does not contradict; `refused` says that it will not be taken. */
function preflightLine({ preflight }: UpdateJournal, result: Outcome['result']): VerdictLine | undefined {
  if (preflight === undefined) return undefined;
  const said = preflight.refused.length > 0 ? 'refused' : preflight.fails.length > 0 ? 'may fail' : 'taken';
  const actual = endWords[result];
  const line = (agrees: VerdictLine['agrees']): VerdictLine => ({ what: 'Preflight', forecast: said, actual, agrees });
  if (result === 'unknown') return line('not-observed');
  const stopped = result === 'refused' || result === 'failed';
  if (said === 'may fail') return line('yes');
  return line(stopped === (said === 'refused') ? 'yes' : 'no');
}

const endWords: Record<Outcome['result'], string> = {
  done: 'taken',
  updated: 'taken',
  rebooted: 'taken',
  failed: 'failed',
  refused: 'refused',
  unknown: 'not observed',
};
