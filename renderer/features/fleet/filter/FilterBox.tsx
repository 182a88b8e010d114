import { CloseButton, InputBase } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useId, useMemo, useRef, useState } from 'react';
import { strings } from '../../../strings/fleetFilter.ts';
import { type Completion, completeFilter } from './completeFilter.ts';
import classes from './FilterBox.module.css';
import type { Facet } from './fieldFacets.ts';
import type { FieldName } from './filterFields.ts';

interface FilterBoxProps {
  readonly value: string;
  readonly onChange: (filter: string) => void;
  /** The values of a field in the fleet, counted when they are asked for. */
  readonly facetsOf: (field: FieldName) => readonly Facet[];
  /** The id of what says what is wrong with the filter, where something is. */
  readonly errorId: string | undefined;
  /** On to the table, with Enter, or with the arrow down where nothing can be completed. */
  readonly onLeave: () => void;
  readonly inputRef: Ref<HTMLInputElement>;
}

/** The filter's box. It offers what can stand where the caret is: names of tokens, then the values that the fleet has. */
export function FilterBox({ value, onChange, facetsOf, errorId, onLeave, inputRef }: FilterBoxProps) {
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<number>();
  const own = useRef<HTMLInputElement>(null);
  const offered = useMemo(() => (open ? completeFilter(value, caret, facetsOf) : undefined), [open, value, caret, facetsOf]);
  const list = offered?.list ?? [];
  const shown = list.length > 0;
  const active = chosen ?? (offered?.begun === true && list[0]?.suggestion.kind === 'value' ? 0 : undefined);

  const look = (at: number | null) => {
    setCaret(at ?? value.length);
    setChosen(undefined);
  };
  const take = ({ insert, suggestion }: Completion) => {
    if (offered === undefined) return;
    const rest = value.slice(offered.end);
    const ends = suggestion.kind === 'value' && !/^[\s,]/.test(rest);
    const before = value.slice(0, offered.start) + insert + (ends ? ' ' : '');
    onChange(before + rest);
    look(before.length);
    setOpen(suggestion.kind === 'name');
    // The caret is set when the box has the new text.
    requestAnimationFrame(() => own.current?.setSelectionRange(before.length, before.length));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && shown) {
      event.preventDefault();
      setChosen(active === undefined ? (step > 0 ? 0 : list.length - 1) : (active + step + list.length) % list.length);
    } else if (key === 'ArrowDown') {
      event.preventDefault();
      const { selectionStart } = own.current ?? {};
      look(selectionStart ?? null);
      if (completeFilter(value, selectionStart ?? value.length, facetsOf).list.length > 0) setOpen(true);
      else onLeave();
    } else if (key === 'Enter' || key === 'Tab') {
      const completion = list[active ?? (key === 'Tab' && offered?.begun === true ? 0 : -1)];
      if (completion !== undefined && !event.shiftKey) {
        event.preventDefault();
        take(completion);
      } else if (key === 'Enter') {
        event.preventDefault();
        setOpen(false);
        onLeave();
      }
    } else if (key === 'Escape') {
      if (shown) setOpen(false);
      else if (value !== '') onChange('');
      else return;
      event.preventDefault();
      event.stopPropagation();
    }
  };
  return (
    <div className={classes.box}>
      <InputBase
        size="xs"
        ref={(element) => {
          own.current = element;
          if (typeof inputRef === 'function') inputRef(element);
          else if (inputRef !== null) inputRef.current = element;
        }}
        role="combobox"
        aria-label={strings.filter}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={shown ? `${id}-list` : undefined}
        aria-activedescendant={shown && active !== undefined ? `${id}-${active}` : undefined}
        // The notes under the box say what is wrong: by itself the input knows of its own error alone.
        withAria={false}
        aria-describedby={errorId}
        aria-invalid={errorId !== undefined}
        title={strings.help}
        placeholder={strings.placeholder}
        value={value}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          look(event.currentTarget.selectionStart);
          // Whoever empties the box wants to see the table.
          setOpen(event.currentTarget.value !== '');
        }}
        onSelect={(event) => {
          if (event.currentTarget.selectionStart !== caret) look(event.currentTarget.selectionStart);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={
          value !== '' && (
            <CloseButton
              size="xs"
              aria-label={strings.clear}
              onClick={() => {
                onChange('');
                own.current?.focus();
              }}
            />
          )
        }
      />
      {shown && (
        <div id={`${id}-list`} role="listbox" aria-label={strings.completions} className={classes.list}>
          {list.map((completion, index) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the box has the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the box takes the keys for its options
            <div
              key={completion.insert}
              id={`${id}-${index}`}
              ref={index === active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : null}
              role="option"
              aria-selected={index === active}
              className={classes.option}
              // The box keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(completion)}
            >
              <Suggestion {...completion} />
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

function Suggestion({ suggestion }: Completion) {
  if (suggestion.kind === 'name') {
    return (
      <>
        <span className={classes.name}>
          {suggestion.field}
          {':'}
        </span>
        <span className={classes.text}>{strings.tokenTexts[suggestion.field]}</span>
      </>
    );
  }
  const { value, called, devices } = suggestion;
  return (
    <>
      <span className={classes.value}>{value}</span>
      <span className={classes.text}>{value === 'attention' ? strings.attention : called}</span>
      <span className={classes.count}>{strings.devices(devices)}</span>
    </>
  );
}
