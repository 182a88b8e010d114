import { CloseButton, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type RefObject, useMemo } from 'react';
import { ActivityKind, ActivityResult } from '../../../shared/contract/settings.ts';
import { orpc } from '../../rpc.ts';
import { strings } from '../../strings/activity.ts';
import classes from './activity.module.css';
import { type ChosenFilters, type Period, periods } from './filters.ts';

interface ActivityFiltersProps {
  readonly chosen: ChosenFilters;
  readonly onChange: (change: Partial<ChosenFilters>) => void;
  readonly searchBox: RefObject<HTMLInputElement | null>;
}

const kinds = ActivityKind.options.map((value) => ({ value, label: strings.kinds[value] }));
const results = ActivityResult.options.map((value) => ({ value, label: strings.results[value] }));
const times = periods.map((value) => ({ value, label: strings.periods[value] }));

/** What is searched for, and by which device, person, kind, result and time the list is narrowed. */
export function ActivityFilters({ chosen, onChange, searchBox }: ActivityFiltersProps) {
  const { data: facets } = useQuery(orpc.settings.activityFacets.queryOptions());
  const devices = useMemo(() => (facets?.devices ?? []).map(({ id, name }) => ({ value: id, label: name })), [facets]);
  return (
    <search className={classes.filters} aria-label={strings.filters}>
      <TextInput
        ref={searchBox}
        className={classes.search ?? ''}
        aria-label={strings.search}
        placeholder={strings.search}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={chosen.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && chosen.text !== '') onChange({ text: '' });
        }}
        rightSection={
          chosen.text === '' ? null : <CloseButton size="xs" aria-label={strings.clear} onClick={() => onChange({ text: '' })} />
        }
      />
      <Select
        {...choice}
        aria-label={strings.device}
        placeholder={strings.anyDevice}
        searchable
        limit={100}
        data={devices}
        value={chosen.deviceId}
        onChange={(deviceId) => onChange({ deviceId })}
      />
      <Select
        {...choice}
        aria-label={strings.kind}
        placeholder={strings.anyKind}
        data={kinds}
        value={chosen.kind}
        onChange={(kind) => onChange({ kind: ActivityKind.nullable().parse(kind) })}
      />
      <Select
        {...choice}
        aria-label={strings.result}
        placeholder={strings.anyResult}
        data={results}
        value={chosen.result}
        onChange={(result) => onChange({ result: ActivityResult.nullable().parse(result) })}
      />
      {(facets?.users.length ?? 0) > 1 && (
        <Select
          {...choice}
          aria-label={strings.user}
          placeholder={strings.anyUser}
          data={[...(facets?.users ?? [])]}
          value={chosen.user}
          onChange={(user) => onChange({ user })}
        />
      )}
      <Select
        w={116}
        allowDeselect={false}
        aria-label={strings.period}
        data={times}
        value={chosen.period}
        onChange={(period) => onChange({ period: isPeriod(period) ? period : 'all' })}
      />
    </search>
  );
}

const choice = { w: 124, clearable: true, comboboxProps: { width: 'max-content' } } as const;

function isPeriod(text: string | null): text is Period {
  return periods.some((period) => period === text);
}
