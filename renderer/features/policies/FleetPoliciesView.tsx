import { VisuallyHidden } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useId, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { FleetPolicies } from '../../../shared/contract/states.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/policies.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { FilterBox } from '../fleet/filter/FilterBox.tsx';
import { FilterNotes } from '../fleet/filter/FilterNotes.tsx';
import { useFleetFilter } from '../fleet/filter/useFleetFilter.ts';
import { PolicyGrid } from './PolicyGrid.tsx';
import { PolicyTools } from './PolicyTools.tsx';
import classes from './policies.module.css';
import { usePoliciesPlace } from './policiesPlace.ts';
import { changesTo, chosenCount, nothingChosen, type PolicySelection } from './policySelection.ts';
import { policyTable } from './policyTable.ts';
import { ReadingNote } from './ReadingNote.tsx';
import { SelectionBar, type Settable } from './SelectionBar.tsx';
import { usePolicyKeys } from './usePolicyKeys.ts';
import { useNames, useSteadyIds } from './useSteady.ts';

interface FleetPoliciesViewProps {
  readonly policies: FleetPolicies;
  readonly devices: ReadonlyMap<string, DeviceSummary>;
}

const settable = ['container', 'system', 'inherit'] as const;

export function FleetPoliciesView({ policies: { groups, progress }, devices }: FleetPoliciesViewProps) {
  const [, navigate] = useLocation();
  const { filter, containers, kind, grouped, open, set, toggle } = usePoliciesPlace();
  const { rows, errors, unordered, facetsOf } = useFleetFilter(devices, filter);
  const found = useSteadyIds(filter.trim() === '' ? undefined : rows);
  const names = useNames(devices);
  const nameOf = useCallback((id: DeviceId) => names.get(id) ?? id, [names]);
  const wanted = useDeferredValue(containers);
  const table = useMemo(
    () => policyTable(groups, { found, nameOf, containers: wanted, kind, grouped, open }),
    [groups, found, nameOf, wanted, kind, grouped, open],
  );
  const [selection, setSelection] = useState<PolicySelection>(nothingChosen);
  const chosen = useMemo(() => chosenCount(selection, groups), [selection, groups]);
  const choices = useMemo(
    () => settable.map((policy): Settable => ({ policy, ...changesTo(selection, groups, policy) })),
    [selection, groups],
  );
  const begin = useMutation(
    orpc.series.fromPolicies.mutationOptions({
      onSuccess: ({ seriesId }) => navigate(paths.series(seriesId)),
      onError: (error) => showProblem(problemOf(error)),
    }),
  );
  const apply = ({ changes }: Settable) => begin.mutate({ changes: [...changes] });
  const box = useRef<HTMLInputElement>(null);
  const grid = useRef<{ focus: () => void }>(null);
  usePolicyKeys({
    choices,
    cells: chosen.cells,
    onSet: apply,
    onClear: () => setSelection(nothingChosen),
    onGroup: () => set({ grouped: !grouped }),
    onFilter: () => box.current?.focus(),
  });
  const notes = useId();
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
      <div className={classes.toolbar}>
        <FilterBox
          value={filter}
          onChange={(text) => set({ filter: text })}
          facetsOf={facetsOf}
          errorId={errors.length > 0 ? notes : undefined}
          onLeave={() => grid.current?.focus()}
          inputRef={box}
        />
        <PolicyTools containers={containers} kind={kind} grouped={grouped} onChange={set} />
      </div>
      <FilterNotes id={notes} errors={errors} unordered={unordered} />
      <div className={classes.facts}>
        <span className={classes.count} role="status">
          {strings.counts(table.devices, table.groups, table.columns.length)}
        </span>
        <span className={classes.intro}>{strings.intro}</span>
        <ReadingNote progress={progress} names={names} />
      </div>
      {table.rows.length === 0 ? (
        <div className={classes.body}>
          <EmptyState sentence={found?.size === 0 ? strings.noMatch : strings.nothing} />
        </div>
      ) : (
        <div className={classes.body}>
          <PolicyGrid
            table={table}
            nameOf={nameOf}
            selection={selection}
            onSelect={setSelection}
            onToggle={toggle}
            onOpen={(id) => navigate(paths.device(id))}
            handle={grid}
          />
        </div>
      )}
      <SelectionBar
        chosen={chosen}
        settable={choices}
        busy={begin.isPending}
        onSet={apply}
        onClear={() => setSelection(nothingChosen)}
      />
    </div>
  );
}
