import { Button, Checkbox, Popover, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { strings } from '../../strings/logs.ts';
import classes from './logs.module.css';

interface FilterButtonProps {
  readonly label: string;
  /** What is chosen, in a word or two. */
  readonly value: string;
  readonly active: boolean;
  readonly onOpen?: () => void;
  readonly children: ReactNode;
}

/** A filter behind a button that says what it lets through. */
export function FilterButton({ label, value, active, onOpen, children }: FilterButtonProps) {
  return (
    <Popover position="bottom-start" width={260} trapFocus {...(onOpen && { onOpen })}>
      <Popover.Target>
        <Button
          className={classes.filter ?? ''}
          data-narrowed={active || undefined}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {label}: {value}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <div className={classes.choices}>{children}</div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoicesProps {
  readonly label: string;
  /** What was seen so far; more can be typed. */
  readonly known: readonly string[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any number of words, those that were seen and others that are typed. */
export function Choices({ label, known, chosen, onChange }: ChoicesProps) {
  const [typed, setTyped] = useState('');
  const offered = [...known, ...chosen.filter((one) => !known.includes(one))];
  const add = () => {
    const word = typed.trim();
    if (word !== '' && !chosen.includes(word)) onChange([...chosen, word]);
    setTyped('');
  };
  return (
    <fieldset className={classes.fieldset}>
      <legend>{label}</legend>
      <div className={classes.words}>
        {offered.length === 0 && <p className={classes.dim}>{strings.nothingSeen}</p>}
        {offered.map((word) => (
          <Checkbox
            key={word}
            label={word}
            checked={chosen.includes(word)}
            onChange={(event) => onChange(event.currentTarget.checked ? [...chosen, word] : chosen.filter((one) => one !== word))}
          />
        ))}
      </div>
      <div className={classes.other}>
        <TextInput
          aria-label={`${label}: ${strings.other}`}
          placeholder={strings.other}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Enter' && add()}
        />
        <Button onClick={add} disabled={typed.trim() === ''}>
          {strings.addOther}
        </Button>
      </div>
    </fieldset>
  );
}
