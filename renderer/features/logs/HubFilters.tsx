import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LogFilter } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { Choices, FilterButton } from './FilterMenu.tsx';
import { knownLevels } from './levels.ts';
import type { LogBuffer } from './logBuffer.ts';
import { rangeInstant, rangeText } from './logRange.ts';
import classes from './logs.module.css';
import { noWords, type SeenWords, wordsOf } from './seenWords.ts';

interface HubFiltersProps {
  readonly filter: LogFilter;
  readonly onChange: (filter: LogFilter) => void;
  readonly buffer: LogBuffer | undefined;
  /** Those of the timeline. */
  readonly revisions: readonly string[];
}

/** What of the log is asked for: by level, by who wrote it, by revision, by time. The hub filters. */
export function HubFilters({ filter, onChange, buffer, revisions }: HubFiltersProps) {
  const [seen, setSeen] = useState<SeenWords>(noWords);
  /** What a filter offers is looked for when it is opened. */
  const look = () => setSeen(wordsOf(buffer, seen, revisions));
  const levels = [...knownLevels, ...seen.levels.filter((level) => !knownLevels.some((known) => known === level))];
  const who = [...filter.platforms, ...filter.sources];
  const timed = filter.after !== undefined || filter.before !== undefined;
  return (
    <>
      <FilterButton label={strings.levels} value={words(filter.levels)} active={filter.levels.length > 0} onOpen={look}>
        <Choices
          label={strings.levels}
          known={levels}
          chosen={filter.levels}
          onChange={(chosen) => onChange({ ...filter, levels: [...chosen] })}
        />
      </FilterButton>
      <FilterButton label={strings.sources} value={words(who)} active={who.length > 0} onOpen={look}>
        <Choices
          label={strings.platforms}
          known={seen.platforms}
          chosen={filter.platforms}
          onChange={(chosen) => onChange({ ...filter, platforms: [...chosen] })}
        />
        <Choices
          label={strings.parts}
          known={seen.sources}
          chosen={filter.sources}
          onChange={(chosen) => onChange({ ...filter, sources: [...chosen] })}
        />
      </FilterButton>
      <FilterButton label={strings.revisions} value={words(filter.revisions)} active={filter.revisions.length > 0} onOpen={look}>
        <Choices
          label={strings.revisions}
          known={seen.revisions}
          chosen={filter.revisions}
          onChange={(chosen) => onChange({ ...filter, revisions: [...chosen] })}
        />
      </FilterButton>
      <FilterButton label={strings.time} value={timed ? rangeWords(filter) : strings.anyTime} active={timed}>
        <RangeField label={strings.after} value={filter.after} onChange={(after) => onChange(withRange(filter, { after }))} />
        <RangeField label={strings.before} value={filter.before} onChange={(before) => onChange(withRange(filter, { before }))} />
        <p className={classes.dim}>{strings.timeHint}</p>
        <Button
          disabled={!timed}
          onClick={() => onChange(withRange(filter, { after: undefined, before: undefined }))}
          style={{ alignSelf: 'flex-start' }}
        >
          {strings.clearTime}
        </Button>
      </FilterButton>
    </>
  );
}

interface RangeFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (instant: number | undefined) => void;
}

function RangeField({ label, value, onChange }: RangeFieldProps) {
  return (
    <TextInput
      type="datetime-local"
      step={1}
      label={label}
      defaultValue={rangeText(value)}
      key={value === undefined ? 'any' : 'set'}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        const instant = rangeInstant(typed);
        if (instant !== undefined || typed === '') onChange(instant);
      }}
    />
  );
}

/** Absent keys, not undefined ones: the filter is part of the query's key. */
function withRange(filter: LogFilter, range: { after?: number | undefined; before?: number | undefined }): LogFilter {
  const { after, before, ...rest } = { ...filter, ...range };
  return { ...rest, ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
}

function words(chosen: readonly string[]): string {
  return chosen.length === 0 ? strings.all : strings.chosen(chosen);
}

const short = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

function rangeWords({ after, before }: LogFilter): string {
  return `${after === undefined ? '…' : short.format(after)} – ${before === undefined ? '…' : short.format(before)}`;
}
