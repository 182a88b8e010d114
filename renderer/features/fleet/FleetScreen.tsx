import { Button, CloseButton, Menu, TextInput, VisuallyHidden } from '@mantine/core';
import {
  IconChevronDown,
  IconCloud,
  IconCloudPlus,
  IconNetwork,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlus,
  IconSearch,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { problemOf } from '../../rpc.ts';
import { useAddDevice } from '../../stores/addDevice.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { strings } from '../../strings/fleet.ts';
import { strings as hubStrings } from '../../strings/hub.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { accountName } from '../hub/accountWords.ts';
import { useHub } from '../hub/useHub.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { DeviceDialog } from './DeviceDialog.tsx';
import { DeviceInspector } from './DeviceInspector.tsx';
import { filterDevices } from './deviceFilter.ts';
import classes from './FleetScreen.module.css';
import { fleetColumns } from './fleetColumns.tsx';
import { useFleetPlace } from './fleetPlace.ts';
import { useDemo } from './useDemo.ts';
import { useFleet } from './useFleet.ts';

const idOf = ({ id }: { readonly id: string }) => id;

/** All devices in one table; the selected one in the inspector beside it. */
export function FleetScreen() {
  const fleet = useFleet();
  const demo = useDemo();
  const dialog = useAddDevice();
  const accounts = useHub().data?.accounts ?? [];
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  const [, navigate] = useLocation();
  const { filter, setFilter, selected, select } = useFleetPlace();

  const all = fleet.data?.devices;
  const rows = useMemo(() => filterDevices(all?.values() ?? [], filter), [all, filter]);
  const inspected = selected === undefined ? undefined : all?.get(selected);

  const addDialog = <DeviceDialog opened={dialog.opened} onClose={dialog.close} />;
  if (fleet.error !== null && all === undefined) {
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problemOf(fleet.error)} />
      </div>
    );
  }
  if (all === undefined) return <ScreenLoading />;
  if (all.size === 0) {
    return (
      <>
        <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
        <EmptyState
          sentence={accounts.length === 0 ? strings.emptySentence : strings.emptyAccounts(accounts.map(accountName).join(', '))}
        >
          <Button variant="filled" leftSection={<IconPlus size={14} aria-hidden />} onClick={dialog.open}>
            {strings.addByAddress}
          </Button>
          {accounts.length > 0 && (
            <Button leftSection={<IconCloudPlus size={14} aria-hidden />} onClick={() => openHubDialog({ kind: 'claim' })}>
              {hubStrings.claim}
            </Button>
          )}
          <Button leftSection={<IconCloud size={14} aria-hidden />} onClick={() => openHubDialog({ kind: 'sign-in' })}>
            {hubStrings.signIn}
          </Button>
          <Button leftSection={<IconPlayerPlay size={14} aria-hidden />} onClick={demo.start} loading={demo.busy}>
            {strings.startDemo}
          </Button>
        </EmptyState>
        {addDialog}
      </>
    );
  }
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
      <div className={classes.toolbar}>
        <TextInput
          className={classes.filter ?? ''}
          aria-label={strings.filter}
          title={strings.filterHelp}
          placeholder={strings.filterPlaceholder}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden />}
          rightSection={filter !== '' && <CloseButton size="xs" aria-label={strings.clearFilter} onClick={() => setFilter('')} />}
        />
        <span className={classes.count} role="status">
          {strings.deviceCount(strings.shown(rows.length, all.size))}
        </span>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              className={classes.right ?? ''}
              leftSection={<IconPlus size={14} aria-hidden />}
              rightSection={<IconChevronDown size={14} aria-hidden />}
            >
              {strings.add}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconNetwork size={14} aria-hidden />} onClick={dialog.open}>
              {strings.addEntry}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconCloudPlus size={14} aria-hidden />}
              onClick={() => openHubDialog({ kind: accounts.length === 0 ? 'sign-in' : 'claim' })}
            >
              {hubStrings.claim}
            </Menu.Item>
            <Menu.Item leftSection={<IconCloud size={14} aria-hidden />} onClick={() => openHubDialog({ kind: 'sign-in' })}>
              {hubStrings.signInEntry}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
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
          first={
            rows.length === 0 ? (
              <EmptyState sentence={strings.noneMatch(filter)}>
                <Button onClick={() => setFilter('')}>{strings.clearFilter}</Button>
              </EmptyState>
            ) : (
              <VirtualTable
                label={strings.devices}
                rows={rows}
                columns={fleetColumns}
                rowKey={idOf}
                selected={selected}
                onSelect={select}
                onOpen={(id) => navigate(paths.device(id))}
                initialSort={{ id: 'name', desc: false }}
              />
            )
          }
          second={inspected === undefined ? undefined : <DeviceInspector device={inspected} onClose={() => select(undefined)} />}
        />
      </div>
      {addDialog}
    </div>
  );
}
