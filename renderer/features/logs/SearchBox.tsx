import { ActionIcon, Checkbox, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { strings } from '../../strings/logs.ts';
import { GatedIcon } from '../../ui/GatedButton.tsx';
import classes from './logs.module.css';
import type { Narrowing } from './useNarrowing.ts';

interface SearchBoxProps {
  readonly narrowing: Narrowing;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  /** Which of the hits is the selected line, from 1; 0 when none is. */
  readonly now: number;
  readonly all: number;
  readonly isScanning: boolean;
  readonly onStep: (by: 1 | -1) => void;
}

/** The search: what is looked for, as text or as an expression, how often it is there, and the way from one to the next. */
export function SearchBox({ narrowing, inputRef, now, all, isScanning, onStep }: SearchBoxProps) {
  const { typed, setTyped, isExpression, setExpression, onlyHits, setOnlyHits, search } = narrowing;
  const isOn = typed.trim() !== '';
  const none = all === 0 ? strings.noHits : undefined;
  return (
    <>
      <TextInput
        ref={inputRef}
        className={classes.search ?? ''}
        aria-label={strings.search}
        placeholder={strings.searchPlaceholder}
        value={typed}
        error={search.error !== undefined}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? 1 : -1);
          if (event.key === 'Escape') setTyped('');
        }}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          <Tooltip label={strings.expression}>
            <ActionIcon
              size={20}
              className={classes.toggle ?? ''}
              aria-label={strings.expression}
              aria-pressed={isExpression}
              onClick={() => setExpression(!isExpression)}
            >
              <code aria-hidden>{strings.expressionMark}</code>
            </ActionIcon>
          </Tooltip>
        }
      />
      {isOn && (
        <span className={classes.found} role="status">
          {search.error !== undefined ? (
            <span className={classes.failed} title={search.error}>
              {strings.badExpression}
            </span>
          ) : (
            <span>{all > 0 ? strings.hits(now, all) : isScanning ? strings.searching : strings.noHits}</span>
          )}
        </span>
      )}
      {isOn && (
        <span className={classes.found}>
          <GatedIcon label={strings.previousHit} reason={none} onClick={() => onStep(-1)}>
            <IconArrowUp size={14} aria-hidden />
          </GatedIcon>
          <GatedIcon label={strings.nextHit} reason={none} onClick={() => onStep(1)}>
            <IconArrowDown size={14} aria-hidden />
          </GatedIcon>
          <Checkbox label={strings.onlyHits} checked={onlyHits} onChange={(event) => setOnlyHits(event.currentTarget.checked)} />
        </span>
      )}
    </>
  );
}
