import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link } from 'wouter';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { paths } from '../../routes/paths.ts';
import { orpc } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { containerColumns } from './containerColumns.tsx';
import { containerRows } from './containerRows.ts';
import classes from './DeviceTabs.module.css';
import { MissingWay } from './MissingWay.tsx';
import { useContainerAction } from './useContainerAction.ts';

/** The containers as the device reports them, with start, stop and restart. */
export function ContainersTab({ detail }: { detail: DeviceDetail }) {
  const { id, running } = detail.summary;
  const [selected, setSelected] = useState<string>();
  const state = useQuery({
    ...orpc.device.state.queryOptions({ input: { id, revision: running?.revision ?? 'current' } }),
    enabled: running !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const action = useContainerAction(id);
  const reports = detail.containers?.list;
  const rows = useMemo(() => containerRows(reports ?? [], state.data?.text), [reports, state.data]);
  const columns = useMemo(() => containerColumns(action), [action]);

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
        <span className={classes.dim}>
          {strings.containersHeard} <RelativeTime at={detail.containers.heardAt} />
        </span>
      </div>
      <div className={classes.rest}>
        <VirtualTable
          label={strings.containers}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.report.name}
          selected={selected}
          onSelect={setSelected}
        />
      </div>
    </div>
  );
}
