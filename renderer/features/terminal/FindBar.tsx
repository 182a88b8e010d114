import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconLetterCase, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { strings } from '../../strings/terminal.ts';
import type { ShellSession } from './shell/shellSession.ts';
import { findColours, themeNow } from './shell/terminalTheme.ts';
import classes from './terminal.module.css';

interface Hits {
  readonly index: number;
  readonly count: number;
}

/** Finds a text in what the terminal shows and has shown. Enter goes to the one before, as terminals do, Shift+Enter to the one after. */
export function FindBar({ session, onClose }: { session: ShellSession; onClose: () => void }) {
  const [text, setText] = useState('');
  const [caseSensitive, setCaseSensitive] = useState(false);
  const [hits, setHits] = useState<Hits>();
  const { search } = session;
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);

  useEffect(() => {
    const listening = search.onDidChangeResults(({ resultIndex, resultCount }) =>
      setHits({ index: resultIndex, count: resultCount }),
    );
    return () => {
      listening.dispose();
      search.clearDecorations();
      session.terminal.clearSelection();
    };
  }, [search, session]);

  const look = (wanted: string, direction: 'next' | 'previous' | 'typing', sensitive = caseSensitive) => {
    if (wanted === '') {
      search.clearDecorations();
      setHits(undefined);
      return;
    }
    const options = { caseSensitive: sensitive, decorations: findColours(themeNow().dark) };
    if (direction === 'next') search.findNext(wanted, options);
    else search.findPrevious(wanted, { ...options, incremental: direction === 'typing' });
  };

  return (
    <search className={classes.find}>
      <TextInput
        data-autofocus
        ref={field}
        aria-label={strings.findLabel}
        placeholder={strings.find}
        value={text}
        onChange={(event) => {
          const wanted = event.currentTarget.value;
          setText(wanted);
          look(wanted, 'typing');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onClose();
          if (event.key === 'Enter') look(text, event.shiftKey ? 'next' : 'previous');
        }}
      />
      <span role="status" className={classes.hits}>
        {text !== '' && hits !== undefined && hitWords(hits)}
      </span>
      <ActionIcon
        aria-label={strings.findCase}
        aria-pressed={caseSensitive}
        title={strings.findCase}
        variant={caseSensitive ? 'light' : 'subtle'}
        onClick={() => {
          setCaseSensitive(!caseSensitive);
          look(text, 'typing', !caseSensitive);
        }}
      >
        <IconLetterCase size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={strings.findPrevious} title={strings.findPrevious} onClick={() => look(text, 'previous')}>
        <IconArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={strings.findNext} title={strings.findNext} onClick={() => look(text, 'next')}>
        <IconArrowDown size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={strings.findClose} title={strings.findClose} onClick={onClose}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </search>
  );
}

/** Beyond its limit of marks the search counts no further, and does not know which of them it is at. */
function hitWords({ index, count }: Hits): string {
  if (count === 0) return strings.noHits;
  return index < 0 ? strings.manyHits(count) : strings.hits(index + 1, count);
}
