import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { KnownHost } from '../../../shared/contract/settings.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/settings.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { showUndo } from '../../ui/showNotice.ts';
import { type TableColumn, VirtualTable } from '../../ui/VirtualTable.tsx';
import classes from './SettingsScreen.module.css';

const rowHeight = 28;
const mostRows = 10;

function nameOf({ host, port }: KnownHost): string {
  return `${host}:${port}`;
}

function columnsOf(forget: (host: KnownHost) => void): readonly TableColumn<KnownHost>[] {
  return [
    {
      id: 'host',
      header: strings.host,
      width: 160,
      grow: 1,
      sortBy: nameOf,
      cell: (host) => <code>{nameOf(host)}</code>,
    },
    {
      id: 'algorithm',
      header: strings.algorithm,
      width: 144,
      sortBy: ({ algorithm }) => algorithm,
      cell: ({ algorithm }) => algorithm,
    },
    {
      id: 'fingerprint',
      header: strings.hostKey,
      width: 160,
      grow: 2,
      cell: ({ fingerprint }) => <code title={fingerprint}>{fingerprint}</code>,
    },
    {
      id: 'accepted',
      header: strings.accepted,
      width: 88,
      align: 'right',
      sortBy: ({ acceptedAt }) => acceptedAt,
      cell: ({ acceptedAt }) => <RelativeTime at={acceptedAt} />,
    },
    {
      id: 'forget',
      header: strings.actions,
      width: 48,
      align: 'right',
      cell: (host) => (
        <ActionIcon aria-label={strings.forget(nameOf(host))} title={strings.forget(nameOf(host))} onClick={() => forget(host)}>
          <IconTrash size={14} aria-hidden />
        </ActionIcon>
      ),
    },
  ];
}

/** The accepted host keys, which can be searched, and each of which can be forgotten and brought back. */
export function KnownHosts() {
  const queryClient = useQueryClient();
  const { data: hosts, error } = useQuery(orpc.settings.knownHosts.queryOptions());
  const [typed, setTyped] = useState('');
  const [selected, setSelected] = useState<string>();
  const onSettled = () => queryClient.invalidateQueries({ queryKey: orpc.settings.knownHosts.key() });
  const { mutate: restore, error: notRestored } = useMutation(orpc.settings.restoreHost.mutationOptions({ onSettled }));
  const { mutate: forget, error: notForgotten } = useMutation(
    orpc.settings.forgetHost.mutationOptions({
      onSuccess: (_done, { host, port }) => showUndo(strings.forgot(`${host}:${port}`), () => restore({ host, port })),
      onSettled,
    }),
  );
  const columns = useMemo(() => columnsOf(({ host, port }) => forget({ host, port })), [forget]);
  const words = typed.trim().toLowerCase();
  const found = useMemo(
    () => hosts?.filter((host) => `${nameOf(host)} ${host.fingerprint}`.toLowerCase().includes(words)) ?? [],
    [hosts, words],
  );
  const problem = error ?? notForgotten ?? notRestored;
  return (
    <>
      {problem !== null && <ProblemPanel problem={problemOf(problem)} />}
      {hosts?.length === 0 && <p>{strings.hostsNone}</p>}
      {hosts !== undefined && hosts.length > 1 && (
        <TextInput
          className={classes.search ?? ''}
          aria-label={strings.hostsSearch}
          placeholder={strings.hostsSearch}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      )}
      {hosts !== undefined && hosts.length > 0 && found.length === 0 && <p>{strings.hostsNotFound}</p>}
      {found.length > 0 && (
        <div className={classes.hosts} style={{ height: rowHeight * (Math.min(found.length, mostRows) + 1) }}>
          <VirtualTable
            label={strings.hosts}
            rows={found}
            columns={columns}
            rowKey={nameOf}
            selected={selected}
            onSelect={setSelected}
          />
        </div>
      )}
    </>
  );
}
