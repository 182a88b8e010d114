import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { parseState } from '../../../shared/state/state.ts';
import { isSilence, orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { strings as signatureStrings } from '../../strings/signatures.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { SignaturesPanel } from '../signatures/SignaturesPanel.tsx';
import screen from './DeviceScreen.module.css';
import classes from './DeviceTabs.module.css';
import { StateEntryInspector } from './StateEntryInspector.tsx';
import { stateColumns } from './stateColumns.tsx';
import { stateRows } from './stateRows.ts';

/** While the device says nothing, in milliseconds. */
const askAgainEvery = 5000;

/** The running state: its entries by part with their values. */
export function StateTab({ detail }: { detail: DeviceDetail }) {
  const { id, running } = detail.summary;
  const revision = running?.revision ?? 'current';
  const { data: state, error } = useQuery(
    orpc.device.state.queryOptions({
      input: { id, revision },
      // A named revision's state never changes.
      staleTime: running === undefined ? 0 : Number.POSITIVE_INFINITY,
      refetchInterval: (query) => (query.state.error === null ? false : askAgainEvery),
    }),
  );
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState<string>();
  const [view, setView] = useState<'entries' | 'signatures'>('entries');
  const clipboard = useClipboard({ timeout: 1500 });

  const list = useMemo(() => (state === undefined ? undefined : stateRows(state.text)), [state]);
  const parsed = useMemo(() => (state === undefined ? undefined : parseState(state.text)), [state]);
  const shown = useMemo(() => {
    if (list?.kind !== 'rows') return [];
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? list.rows : list.rows.filter((row) => row.entry.key.toLowerCase().includes(wanted));
  }, [list, filter]);
  const inspected = list?.kind === 'rows' ? list.rows.find((row) => row.entry.key === selected) : undefined;

  if (error !== null && state === undefined) {
    if (isSilence(error)) return <EmptyState sentence={strings.notAnswering} />;
    return (
      <div className={screen.problem}>
        <ProblemPanel problem={problemOf(error)} />
      </div>
    );
  }
  if (state === undefined || list === undefined) return <ScreenLoading />;
  return (
    <div className={classes.tab}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={signatureStrings.stateView}
          value={view}
          onChange={(next) => setView(next === 'signatures' ? next : 'entries')}
          data={[
            { value: 'entries', label: signatureStrings.keys },
            { value: 'signatures', label: signatureStrings.title },
          ]}
        />
        {view === 'entries' && (
          <TextInput
            className={classes.filter ?? ''}
            aria-label={strings.filterEntries}
            placeholder={strings.filterEntries}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            leftSection={<IconSearch size={14} aria-hidden />}
          />
        )}
        <span className={classes.dim}>
          {strings.entryCount(shown.length)} · <code>{state.revision}</code> · sha256
        </span>
        <ShortSha sha={state.sha} />
        <Button
          className={classes.right ?? ''}
          leftSection={clipboard.copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
          onClick={() => clipboard.copy(state.text)}
        >
          {clipboard.copied ? strings.copied : strings.copyState}
        </Button>
      </div>
      <div className={classes.rest}>
        {view === 'signatures' && parsed?.ok ? (
          <SignaturesPanel of={{ kind: 'revision', deviceId: id, revision }} state={parsed.state} stamp={state.sha} />
        ) : list.kind === 'unreadable' ? (
          <EmptyState sentence={`${strings.stateUnreadable}: ${list.reason}`} />
        ) : (
          <SplitPane
            name="inspector"
            label={strings.resizeInspector}
            fixed="second"
            defaultWidth={340}
            first={
              <VirtualTable
                label={strings.entries}
                rows={shown}
                columns={stateColumns}
                rowKey={(row) => row.entry.key}
                selected={selected}
                onSelect={setSelected}
              />
            }
            second={
              inspected === undefined ? undefined : (
                <StateEntryInspector entry={inspected.entry} onClose={() => setSelected(undefined)} />
              )
            }
          />
        )}
      </div>
    </div>
  );
}
