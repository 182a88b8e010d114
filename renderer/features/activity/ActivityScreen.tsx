import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ActivityEntry } from '../../../shared/contract/settings.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/activity.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { type TableColumn, VirtualTable } from '../../ui/VirtualTable.tsx';
import { useFleet } from '../fleet/useFleet.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';

const shown = 1000;
/** How often the list is read again while it is looked at, in milliseconds. */
const rereadEvery = 5000;

const meaningOf: { readonly [R in ActivityEntry['result']]: Meaning } = { started: 'none', ok: 'ok', failed: 'error' };

const columns: readonly TableColumn<ActivityEntry>[] = [
  {
    id: 'when',
    header: strings.when,
    width: 96,
    align: 'right',
    sortBy: ({ at }) => at,
    cell: ({ at }) => <RelativeTime at={at} />,
  },
  { id: 'what', header: strings.what, width: 220, grow: 3, cell: ({ what }) => <span title={what}>{what}</span> },
  {
    id: 'device',
    header: strings.device,
    width: 160,
    grow: 1,
    sortBy: ({ deviceName }) => deviceName,
    cell: ({ deviceId, deviceName }) => <DeviceLink id={deviceId} name={deviceName} />,
  },
  { id: 'user', header: strings.user, width: 96, yields: 1, sortBy: ({ user }) => user, cell: ({ user }) => user },
  {
    id: 'result',
    header: strings.result,
    width: 96,
    sortBy: ({ result }) => result,
    cell: ({ result }) => (
      <MeaningBadge meaning={meaningOf[result]} plain>
        {strings.results[result]}
      </MeaningBadge>
    ),
  },
];

function DeviceLink({ id, name }: { id: string | undefined; name: string | undefined }) {
  const there = useFleet().data?.devices.has(id ?? '') ?? false;
  if (id === undefined || !there) return name;
  return <Link href={paths.device(id)}>{name ?? id}</Link>;
}

/** What was done from here, newest first. */
export function ActivityScreen() {
  const { data: entries, error } = useQuery(
    orpc.settings.activity.queryOptions({ input: { limit: shown }, refetchInterval: rereadEvery }),
  );
  const [selected, setSelected] = useState<string>();
  if (error !== null && entries === undefined) return <ProblemPanel problem={problemOf(error)} />;
  if (entries === undefined) return <ScreenLoading />;
  return (
    <>
      <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
      {entries.length === 0 ? (
        <EmptyState sentence={strings.empty} />
      ) : (
        <VirtualTable
          label={strings.title}
          rows={entries}
          columns={columns}
          rowKey={({ id }) => String(id)}
          selected={selected}
          onSelect={setSelected}
          initialSort={{ id: 'when', desc: true }}
        />
      )}
    </>
  );
}
