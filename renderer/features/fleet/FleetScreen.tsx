import { Button, VisuallyHidden } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { problemOf } from '../../rpc.ts';
import { useAddDevice } from '../../stores/addDevice.ts';
import { strings } from '../../strings/fleet.ts';
import { ColumnsMenu } from '../../ui/ColumnsMenu.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import type { TableHandle } from '../../ui/VirtualTable.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { AddDeviceMenu } from './AddDeviceMenu.tsx';
import { SelectionBar } from './bulk/SelectionBar.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';
import { DeviceInspector } from './DeviceInspector.tsx';
import { DiscoveredStrip } from './discovered/DiscoveredStrip.tsx';
import { EmptyFleet } from './EmptyFleet.tsx';
import classes from './FleetScreen.module.css';
import { FleetTable } from './FleetTable.tsx';
import { FilterBox } from './filter/FilterBox.tsx';
import { FilterNotes } from './filter/FilterNotes.tsx';
import { useFleetFilter } from './filter/useFleetFilter.ts';
import { fleetColumns } from './fleetColumns.tsx';
import { useFleetPlace } from './fleetPlace.ts';
import { RowMenu, type RowMenuPlace } from './RowMenu.tsx';
import { useDemo } from './useDemo.ts';
import { useFleet } from './useFleet.ts';
import { useFleetAddress } from './useFleetAddress.ts';
import { useFleetKeys } from './useFleetKeys.ts';
import { builtInViews, lookOf } from './views/savedViews.ts';
import { useSavedViews } from './views/useSavedViews.ts';
import { useViewCounts } from './views/useViewCounts.ts';
import { ViewTabs } from './views/ViewTabs.tsx';

/** All devices in one table; the selected one in the inspector beside it. */
export function FleetScreen() {
  const fleet = useFleet();
  const dialog = useAddDevice();
  const all = fleet.data?.devices;
  useFleetAddress();
  if (fleet.error !== null && all === undefined) {
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problemOf(fleet.error)} />
      </div>
    );
  }
  if (fleet.data === undefined || all === undefined || (all.size === 0 && !fleet.data.complete)) return <ScreenLoading />;
  return (
    <>
      {all.size === 0 ? <EmptyFleet /> : <Devices all={all} total={Math.max(all.size, fleet.data.total)} />}
      <DeviceDialog opened={dialog.opened} onClose={dialog.close} />
    </>
  );
}

function Devices({ all, total }: { all: ReadonlyMap<string, DeviceSummary>; total: number }) {
  const demo = useDemo();
  const { view, filter, setFilter, selected, select, marked, mark } = useFleetPlace();
  const { own, shared, setLook } = useSavedViews();
  const { rows, errors, unordered, facetsOf } = useFleetFilter(all, filter);
  const counts = useViewCounts(
    all,
    useMemo(() => [...builtInViews, ...own].map((one) => one.filter), [own]),
  );
  const chosen = useMemo(() => (marked.size === 0 ? [] : rows.filter(({ id }) => marked.has(id))), [rows, marked]);
  const hidden = useMemo(() => [...marked].filter((id) => all.has(id)).length - chosen.length, [marked, all, chosen]);
  const inspected = selected === undefined ? undefined : all.get(selected);
  useGoneNotice(inspected, selected, select);
  const [menu, setMenu] = useState<RowMenuPlace>();
  const menuDevice = menu === undefined ? undefined : all.get(menu.id);
  const table = useRef<TableHandle>(null);
  const box = useRef<HTMLInputElement>(null);
  const notes = useId();
  useFleetKeys(box);
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
      <DiscoveredStrip />
      <ViewTabs counts={counts} />
      <div className={classes.toolbar}>
        <FilterBox
          value={filter}
          onChange={setFilter}
          facetsOf={facetsOf}
          errorId={errors.length > 0 ? notes : undefined}
          onLeave={() => table.current?.focus()}
          inputRef={box}
        />
        <span className={classes.count} role="status">
          {strings.deviceCount(strings.shown(rows.length, total))}
        </span>
        <div className={classes.right}>
          <ColumnsMenu
            columns={fleetColumns}
            layout={lookOf(view, own, shared).layout}
            onLayout={(layout) => setLook(view, { layout })}
          />
          <AddDeviceMenu />
        </div>
      </div>
      <FilterNotes id={notes} errors={errors} unordered={unordered} />
      {demo.running && (
        <div className={classes.demo}>
          <span>{strings.demoRunning}</span>
          <Button
            size="compact-xs"
            leftSection={<IconPlayerStop size={12} aria-hidden />}
            onClick={demo.stop}
            loading={demo.busy}
          >
            {strings.stopDemo}
          </Button>
        </div>
      )}
      <div className={classes.body}>
        <SplitPane
          name="inspector"
          label={strings.resizeInspector}
          fixed="second"
          defaultWidth={340}
          first={<FleetTable rows={rows} onMenu={(id, at) => setMenu({ id, ...at })} handle={table} />}
          second={inspected === undefined ? undefined : <DeviceInspector device={inspected} onClose={() => select(undefined)} />}
        />
      </div>
      {chosen.length > 0 && <SelectionBar devices={chosen} hidden={hidden} onClear={() => mark(new Set())} />}
      {menu !== undefined && menuDevice !== undefined && (
        <RowMenu key={menu.id} device={menuDevice} place={menu} onClose={() => setMenu(undefined)} />
      )}
    </div>
  );
}

/** A device that leaves the fleet while it is looked at is said to be gone; what was open about it closes. */
function useGoneNotice(
  inspected: DeviceSummary | undefined,
  selected: string | undefined,
  select: (id: string | undefined) => void,
): void {
  const last = useRef<DeviceSummary>(undefined);
  useEffect(() => {
    const before = last.current;
    last.current = inspected;
    if (before === undefined || inspected !== undefined || selected !== before.id) return;
    select(undefined);
    showNotice(strings.gone(before.name));
  }, [inspected, selected, select]);
}
