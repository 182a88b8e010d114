import type { EntryChange } from '../../../shared/compare/compare.ts';
import { lineMarks } from '../../../shared/compare/line-marks.ts';
import { strings } from '../../strings/compare.ts';
import type { LineMark } from '../../ui/monaco/marks.ts';

export interface SideMarks {
  readonly left: readonly LineMark[];
  readonly right: readonly LineMark[];
}

/** What forces the reboot, and how the pretty-printed texts of both sides read; an absent side is undefined. */
export interface RebootingEntry {
  readonly change: EntryChange['kind'];
  readonly key: string;
  readonly left: string | undefined;
  readonly right: string | undefined;
  readonly rule: string;
}

/**
 * The gutter marks of an entry that forces a reboot: the lines whose value differs, on both sides. A restart policy that flips is
 * marked in particular. Where only the layout differs there is no such line: the first line is marked, because the device
 * compares raw text. Both texts are JSON.
 */
export function gutterMarks(entry: RebootingEntry): SideMarks {
  const { left, right } = entry;
  if (entry.change === 'formatting-only') {
    const mark: LineMark = { line: 1, endLine: 1, kind: 'reboot', hover: `${entry.rule}\n\n${strings.layoutOnly}` };
    return { left: [mark], right: [mark] };
  }
  return {
    left: left === undefined ? [] : marksOn(right, left, entry),
    right: right === undefined ? [] : marksOn(left, right, entry),
  };
}

function marksOn(other: string | undefined, text: string, entry: RebootingEntry): readonly LineMark[] {
  return lineMarks(other, text)
    .filter((mark) => mark.kind !== 'removed')
    .map((mark): LineMark => {
      const flip = isPolicy(entry.key, mark.pointer);
      return {
        line: mark.line,
        endLine: mark.endLine,
        kind: flip ? 'policy' : 'reboot',
        hover: flip ? `${strings.policyFlip}\n\n${entry.rule}` : entry.rule,
      };
    });
}

/** Whether a path holds a restart policy that the device reads: in a container's run.json, or in a group's definition. */
export function isPolicy(key: string, pointer: string): boolean {
  if (key.endsWith('/run.json')) return pointer === '/restart_policy';
  if (key === 'groups.json') return /^\/\d+\/restart_policy$/.test(pointer);
  return key === 'device.json' && /^\/groups\/\d+\/restart_policy$/.test(pointer);
}
