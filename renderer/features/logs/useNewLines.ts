import { useRef } from 'react';
import type { LogEntry } from '../../../shared/contract/logs.ts';

/** How many lines came in since the list was last followed. */
export function useNewLines(entries: readonly LogEntry[], following: boolean): number {
  const last = useRef<string>(undefined);
  if (following || last.current === undefined) last.current = entries.at(-1)?.id;
  return following ? 0 : linesAfter(entries, last.current);
}

/** How many lines stand behind the one with this id; all of them when it is not there any more. */
export function linesAfter(entries: readonly LogEntry[], id: string | undefined): number {
  if (id === undefined) return 0;
  return entries.length - 1 - entries.findLastIndex((entry) => entry.id === id);
}
