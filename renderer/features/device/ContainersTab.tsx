import { TextInput } from '@mantine/core';
import { IconPlayerPlay, IconPlayerStop, IconRefresh, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { parseState } from '../../../shared/state/state.ts';
import { paths } from '../../routes/paths.ts';
import { orpc } from '../../rpc.ts';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { strings } from '../../strings/device.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { ContainerInspector } from './ContainerInspector.tsx';
import { containerColumns } from './containerColumns.tsx';
import { whyNotVerb } from './containerGate.ts';
import { makeupOf } from './containerMakeup.ts';
import { type ContainerRow, containerRows } from './containerRows.ts';
import classes from './DeviceTabs.module.css';
import { MissingWay } from './MissingWay.tsx';
import { type ContainerAction, useContainerAction } from './useContainerAction.ts';

/** The containers as the device reports them, with start, stop and restart; the selected one in the inspector beside them. */
export function ContainersTab({ detail }: { detail: DeviceDetail }) {
  const { id, running } = detail.summary;
  const [selected, setSelected] = useState<string>();
  const [filter, setFilter] = useState('');
  const state = useQuery({
    ...orpc.device.state.queryOptions({ input: { id, revision: running?.revision ?? 'current' } }),
    enabled: running !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const action = useContainerAction(id);
  const reports = detail.containers?.list;
  const text = state.data?.text;
  const rows = useMemo(() => containerRows(reports ?? [], text), [reports, text]);
  const shown = useMemo(() => rows.filter((row) => matches(row, filter)), [rows, filter]);
  const columns = useMemo(() => containerColumns(action), [action]);
  const document = useMemo(() => {
    const parsed = text === undefined ? undefined : parseState(text);
    return parsed?.ok === true ? parsed.state : undefined;
  }, [text]);
  const inspected = rows.find(({ report }) => report.name === selected);
  const makeup = useMemo(
    () => (document === undefined || selected === undefined ? undefined : makeupOf(document, selected)),
    [document, selected],
  );
  usePaletteActions('containers', useContainerPalette(inspected, action));

  if (detail.containers === undefined) {
    return detail.capabilities.readContainers ? (
      <EmptyState sentence={strings.noContainersYet} />
    ) : (
      <MissingWay device={detail.summary} name="ssh" lead={strings.noContainers}>
        {running !== undefined && (
          <p>
            {strings.containersInState} <Link href={paths.device(id, 'state')}>{strings.tabs.state}</Link>.
          </p>
        )}
      </MissingWay>
    );
  }
  if (rows.length === 0) return <EmptyState sentence={strings.emptyContainers} />;
  return (
    <div className={classes.tab}>
      <div className={classes.bar}>
        <TextInput
          className={classes.filter ?? ''}
          aria-label={strings.filterContainers}
          placeholder={strings.filterContainers}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
          leftSection={<IconSearch size={14} aria-hidden />}
        />
        <span className={classes.dim}>
          {strings.containersHeard} <RelativeTime at={detail.containers.heardAt} />
        </span>
        <Groups groups={detail.containers.groups} />
      </div>
      <div className={classes.rest}>
        <SplitPane
          name="inspector"
          label={strings.resizeInspector}
          fixed="second"
          defaultWidth={340}
          first={
            shown.length === 0 ? (
              <EmptyState sentence={strings.noContainerMatches(filter)} />
            ) : (
              <VirtualTable
                label={strings.containers}
                rows={shown}
                columns={columns}
                rowKey={(row) => row.report.name}
                selected={selected}
                onSelect={setSelected}
              />
            )
          }
          second={
            inspected === undefined ? undefined : (
              <ContainerInspector detail={detail} row={inspected} makeup={makeup} onClose={() => setSelected(undefined)} />
            )
          }
        />
      </div>
    </div>
  );
}

function matches({ report, policy }: ContainerRow, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return [report.name, report.group, report.status, policy].some((text) => text?.toLowerCase().includes(wanted) === true);
}

const icons = { start: IconPlayerPlay, stop: IconPlayerStop, restart: IconRefresh } as const;

function useContainerPalette(row: ContainerRow | undefined, action: ContainerAction): readonly PaletteAction[] {
  return useMemo(() => {
    if (row === undefined) return [];
    return (['start', 'stop', 'restart'] as const)
      .filter((verb) => whyNotVerb(row, verb) === undefined)
      .map((verb) => ({
        id: `container-${verb}`,
        label: strings[verb](row.report.name),
        icon: icons[verb],
        run: () => action.run(row.report.name, verb),
      }));
  }, [row, action]);
}

type GroupReports = NonNullable<DeviceDetail['containers']>['groups'];

/** The groups in the order in which the device starts them, with what they have reached. */
function Groups({ groups }: { groups: GroupReports }) {
  const told = groups.filter(({ status }) => status !== undefined);
  if (told.length === 0) return null;
  return (
    <ul className={classes.groups} aria-label={strings.groupsLabel}>
      {told.map(({ name, status, statusGoal }) => (
        <li key={name} className={classes.group} title={strings.goalOf(statusGoal)}>
          <span className={classes.dim}>{name}</span> {status}
        </li>
      ))}
    </ul>
  );
}
