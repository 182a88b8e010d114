import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { LocalFilter } from './localFilter.ts';
import { hitPasses, localPasses } from './localFilter.ts';
import type { LogBuffer } from './logBuffer.ts';
import { readSearch, type Search } from './logSearch.ts';

/** Milliseconds after the last key before a search goes through the lines. */
const typingMs = 120;

export interface Narrowing {
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  readonly isExpression: boolean;
  readonly setExpression: (is: boolean) => void;
  readonly onlyHits: boolean;
  readonly setOnlyHits: (only: boolean) => void;
  readonly search: Search;
}

/** What is searched for, and keeps a buffer's view and hits to that and to a filter. */
export function useNarrowing(buffer: LogBuffer | undefined, filter: LocalFilter): Narrowing {
  const [typed, setTyped] = useState('');
  const [isExpression, setExpression] = useState(false);
  const [onlyHits, setOnlyHits] = useState(false);
  const [settled] = useDebouncedValue(typed, typingMs);
  const search = useMemo(() => readSearch(settled.trim(), isExpression), [settled, isExpression]);
  const passes = useMemo(() => localPasses(filter), [filter]);
  const isSearching = search.pattern !== undefined;
  const hits = useMemo(() => (isSearching ? hitPasses(passes, search) : undefined), [isSearching, passes, search]);
  const view = onlyHits && hits !== undefined ? hits : passes;
  useEffect(() => buffer?.narrow({ view }), [buffer, view]);
  useEffect(() => buffer?.narrow({ hits: hits ?? (() => false) }), [buffer, hits]);
  return { typed, setTyped, isExpression, setExpression, onlyHits, setOnlyHits, search };
}
