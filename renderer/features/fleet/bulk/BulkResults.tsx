import { Button, Group, Progress } from '@mantine/core';
import { useState } from 'react';
import { strings } from '../../../strings/fleetBulk.ts';
import { MeaningBadge } from '../../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../../ui/meaning.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import type { TableColumn } from '../../../ui/tableColumn.ts';
import { VirtualTable } from '../../../ui/VirtualTable.tsx';
import { useFleetPlace } from '../fleetPlace.ts';
import classes from './bulk.module.css';
import { type BulkItem, type BulkState, countOf, isUnderWay } from './bulkRun.ts';
import type { Bulk } from './useBulk.ts';

const meaningOf: { readonly [K in BulkState['kind']]: Meaning } = {
  waiting: 'none',
  running: 'moving',
  done: 'ok',
  failed: 'error',
  left: 'none',
};
const order: readonly BulkState['kind'][] = ['failed', 'running', 'left', 'waiting', 'done'];

const columns: readonly TableColumn<BulkItem>[] = [
  { id: 'device', header: strings.device, width: 140, grow: 1, sortBy: ({ name }) => name, cell: ({ name }) => name },
  {
    id: 'result',
    header: strings.result,
    width: 220,
    grow: 2,
    sortBy: ({ state }) => order.indexOf(state.kind),
    cell: ({ state }) => (
      <MeaningBadge meaning={meaningOf[state.kind]} plain>
        {state.kind === 'failed' ? state.problem.what : strings.states[state.kind]}
      </MeaningBadge>
    ),
  },
];

const rowHeight = 28;
const mostRows = 9;
const keyOf = ({ id }: BulkItem): string => id;

/** How far something is that is done to several devices, with what became of each. */
export function BulkResults({ bulk, onClose }: { bulk: Bulk; onClose: () => void }) {
  const [chosen, setChosen] = useState<string>();
  const mark = useFleetPlace((place) => place.mark);
  const { run } = bulk;
  if (run === undefined) return null;
  const { items } = run;
  const [done, failed, left] = [countOf(run, 'done'), countOf(run, 'failed'), countOf(run, 'left')];
  const underWay = isUnderWay(run);
  const shown = items.find(({ id }) => id === chosen) ?? items.find(({ state }) => state.kind === 'failed');
  const share = (count: number) => (count / Math.max(1, items.length)) * 100;
  return (
    <div className={classes.results}>
      <div role="status" className={classes.line}>
        {underWay ? strings.progress(done, items.length) : strings.summary(done, failed, left)}
      </div>
      <Progress.Root size={6} radius="xs">
        <Progress.Section value={share(done)} color="var(--tb-checkpoint-mark)" aria-label={strings.states.done} />
        <Progress.Section value={share(failed)} color="var(--tb-refused-mark)" aria-label={strings.states.failed} />
      </Progress.Root>
      <div className={classes.table} style={{ height: rowHeight * (Math.min(items.length, mostRows) + 1) + 2 }}>
        <VirtualTable
          label={strings.results}
          rows={items}
          columns={columns}
          rowKey={keyOf}
          selected={chosen}
          onSelect={setChosen}
          initialSort={{ id: 'result', desc: false }}
        />
      </div>
      {shown?.state.kind === 'failed' && <ProblemPanel problem={shown.state.problem} />}
      <Group justify="flex-end" gap="sm">
        {underWay ? (
          <Button onClick={bulk.stop} disabled={run.stopped} title={strings.stopHelp}>
            {strings.stop}
          </Button>
        ) : (
          <>
            {failed + left > 0 && (
              <>
                <Button
                  onClick={() => {
                    mark(new Set(items.filter(({ state }) => state.kind !== 'done').map(({ id }) => id)));
                    onClose();
                  }}
                >
                  {strings.selectFailed}
                </Button>
                <Button onClick={bulk.again}>{strings.again}</Button>
              </>
            )}
            <Button variant="filled" onClick={onClose} data-autofocus>
              {strings.close}
            </Button>
          </>
        )}
      </Group>
    </div>
  );
}
