import type { UpdateView } from '../../../../shared/contract/update.ts';
import { strings } from '../../../strings/shell.ts';

/** An update as the list has it. */
export type EndingUpdate = Pick<UpdateView, 'id' | 'deviceId' | 'kind' | 'revision' | 'phase' | 'problem' | 'outcome'>;

/** The updates that were over at the last look. */
export type EndsKnown = ReadonlySet<string>;

/** The updates that ended since the last look; the first look says nothing. */
export function newEnds(
  known: EndsKnown | undefined,
  updates: readonly EndingUpdate[],
): { readonly known: EndsKnown; readonly ends: readonly EndingUpdate[] } {
  const over = updates.filter(({ phase }) => phase === 'ended');
  return {
    known: new Set(over.map(({ id }) => id)),
    ends: known === undefined ? [] : over.filter(({ id }) => !known.has(id)),
  };
}

/** How an update ended, as the computer's own notification says it. */
export function wordsOfEnd(update: EndingUpdate, device: string): { readonly title: string; readonly body: string } {
  const { revision, outcome, problem } = update;
  const { end } = strings;
  const where = outcome?.rolledBackTo === undefined ? '' : end.rolledBack(outcome.rolledBackTo);
  const why = problem?.what ?? '';
  switch (outcome?.result) {
    case 'done':
      return { title: end.done(device, revision), body: end.checkpoint };
    case 'updated':
      return { title: end.done(device, revision), body: end.noCheckpoint };
    case 'rebooted':
      return { title: end.rebooted(device), body: end.runs(outcome.runningNow ?? revision) };
    case 'refused':
      return { title: end.refused(device, revision), body: why };
    case 'failed':
      return { title: end.failed(device, revision), body: [where, why].filter((text) => text !== '').join(' ') };
    default:
      return { title: end.unknown(device, revision), body: why };
  }
}
