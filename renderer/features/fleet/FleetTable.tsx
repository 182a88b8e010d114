import { Button } from '@mantine/core';
import { type Ref, useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';
import { type DeviceSummary, mostShown } from '../../../shared/contract/fleet.ts';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { paths } from '../../routes/paths.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/fleet.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type TableHandle, VirtualTable } from '../../ui/VirtualTable.tsx';
import { fleetColumns } from './fleetColumns.tsx';
import { useFleetPlace } from './fleetPlace.ts';
import { lookOf, sortOf } from './views/savedViews.ts';
import { useSavedViews } from './views/useSavedViews.ts';

interface FleetTableProps {
  readonly rows: readonly DeviceSummary[];
  readonly onMenu: (id: string, at: { readonly x: number; readonly y: number }) => void;
  readonly handle: Ref<TableHandle>;
}

const idOf = ({ id }: DeviceSummary): string => id;
const markLabel = ({ name }: DeviceSummary): string => strings.selectRow(name);

/** What the rows on the screen lack is asked for; where that fails they stay as they are. */
const tellShown = (ids: readonly string[]): void => {
  client.fleet.shown({ ids: ids.slice(0, mostShown).map((id) => DeviceId.parse(id)) }).catch(() => undefined);
};

/** The devices that the filter finds, as the view that is shown wants its table. */
export function FleetTable({ rows, onMenu, handle }: FleetTableProps) {
  const [, navigate] = useLocation();
  const { view, filter, selected, marked, select, mark, show, setFilter } = useFleetPlace();
  const look = useSavedViews(({ own, shared }) => lookOf(view, own, shared));
  const setLook = useSavedViews((views) => views.setLook);
  const sort = useMemo(
    () => ({
      now: sortOf(look),
      onChange: (sorting: { readonly id: string; readonly desc: boolean } | undefined) =>
        setLook(view, { sort: sorting ?? null }),
    }),
    [look, setLook, view],
  );
  const marks = useMemo(() => ({ keys: marked, onChange: mark, label: markLabel }), [marked, mark]);
  const open = useCallback((id: string) => navigate(paths.device(id)), [navigate]);

  if (rows.length === 0) {
    return (
      <EmptyState
        sentence={view === 'attention' && filter === 'status:attention' ? strings.noneWaits : strings.noneMatch(filter)}
      >
        {view === 'all' ? (
          <Button onClick={() => setFilter('')}>{strings.clearFilter}</Button>
        ) : (
          <Button onClick={() => show('all', '')}>{strings.allDevices}</Button>
        )}
      </EmptyState>
    );
  }
  return (
    <VirtualTable
      label={strings.devices}
      rows={rows}
      columns={fleetColumns}
      rowKey={idOf}
      selected={selected}
      onSelect={select}
      onOpen={open}
      sort={sort}
      layout={look.layout}
      onLayout={(layout) => setLook(view, { layout })}
      marks={marks}
      onMenu={onMenu}
      handle={handle}
      onInSight={tellShown}
    />
  );
}
