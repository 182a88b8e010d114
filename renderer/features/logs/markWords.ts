import type { LogEntry } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { duration } from '../../ui/age.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { sourceOf } from './logSearch.ts';

/** What happened to the log, in words; empty for an entry that is a line. */
export function markWords(entry: LogEntry): string {
  const { mark } = entry;
  const { marks } = strings;
  if (mark === undefined) return '';
  switch (mark.kind) {
    case 'before':
      return marks.before(sourceOf(entry));
    case 'live':
      return marks.live;
    case 'appeared':
      return marks.appeared(sourceOf(entry));
    case 'rotated':
      return marks.rotated(sourceOf(entry));
    case 'away':
      return marks.away(duration(mark.ms));
    case 'revision':
      return marks.revision(mark.before, mark.now);
    case 'skipped':
      return marks.skipped(mark.lines);
    case 'behind':
      return marks.behind(sourceOf(entry), dataSize(mark.bytes));
  }
}
