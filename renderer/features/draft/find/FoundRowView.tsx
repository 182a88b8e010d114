import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from '../draft.module.css';
import type { FoundRow } from './foundRows.ts';

/** One row of what was found, with the hits marked. */
export function FoundRowView({ row }: { row: FoundRow }) {
  if (row.kind === 'entry') {
    const indent = row.found.text.length - row.found.text.trimStart().length;
    return (
      <>
        <span className={classes.foundLine}>{row.found.line}</span>
        <code className={classes.key} title={row.found.text}>
          <Marked text={row.found.text} ranges={row.found.ranges} from={indent} />
        </code>
      </>
    );
  }
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    <>
      <Chevron size={14} aria-hidden />
      <code className={classes.key} title={row.id}>
        <Marked text={row.id} ranges={row.found.inKey} from={0} />
      </code>
      <span className={classes.count}>{row.hits}</span>
    </>
  );
}

interface MarkedProps {
  readonly text: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
  /** What is before is left out. */
  readonly from: number;
}

function Marked({ text, ranges, from }: MarkedProps) {
  const pieces: ReactNode[] = [];
  let at = from;
  for (const [start, end] of ranges) {
    pieces.push(text.slice(at, Math.max(at, start)), <mark key={start}>{text.slice(Math.max(at, start), end)}</mark>);
    at = Math.max(at, end);
  }
  return (
    <>
      {pieces}
      {text.slice(at)}
    </>
  );
}
