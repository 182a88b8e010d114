import { Button } from '@mantine/core';
import { skipToken } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Link, useParams } from 'wouter';
import { SeriesId } from '../../../shared/contract/ids.ts';
import type { Series, SeriesItem } from '../../../shared/contract/series.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/series.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { ConflictDialog } from './ConflictDialog.tsx';
import { ItemInspector } from './ItemInspector.tsx';
import { SeriesHeader } from './SeriesHeader.tsx';
import classes from './series.module.css';
import { type RowActs, seriesColumns } from './seriesColumns.tsx';
import { type SeriesActs, useSeriesActs } from './useSeriesActs.ts';
import { useSeriesKeys } from './useSeriesKeys.ts';

const idOf = ({ deviceId }: SeriesItem) => deviceId;

/** One change on its way to several devices: each with its draft and forecast, posted one after the other. */
export function SeriesScreen() {
  const { seriesId } = useParams<{ seriesId: string }>();
  const id = SeriesId.safeParse(seriesId);
  const live = useLive(orpc.series.watch, id.success ? { seriesId: id.data } : skipToken);
  if (live.data !== undefined && live.error === null) return <OpenSeries key={live.data.id} series={live.data} />;
  if (id.success && live.error === null) return <ScreenLoading />;
  const problem = live.error === null ? undefined : problemOf(live.error);
  if (problem !== undefined && problem.code !== 'NOT_FOUND') {
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problem} />
      </div>
    );
  }
  return (
    <EmptyState sentence={strings.gone}>
      <Button component={Link} href={paths.fleet()}>
        {strings.toFleet}
      </Button>
    </EmptyState>
  );
}

function OpenSeries({ series }: { series: Series }) {
  const acts = useSeriesActs(series);
  const [message, setMessage] = useState(series.message);
  const [selected, setSelected] = useState<string>();
  /** As it was when it was asked for: it is answered for the texts that were seen. */
  const [choosing, setChoosing] = useState<SeriesItem>();
  const [discarding, setDiscarding] = useState(false);
  const { prepare, leaveOut } = acts;
  const rows: RowActs = {
    choose: setChoosing,
    prepare,
    leaveOut: (item, out) => leaveOut([item], out),
  };
  const columns = useColumns(rows);
  const at = (deviceId: string | undefined) => series.items.find((item) => item.deviceId === deviceId);
  const item = at(selected);
  useSeriesKeys(series, item, message, acts, rows);
  return (
    <div className={classes.screen}>
      <SeriesHeader series={series} acts={acts} message={message} onMessage={setMessage} onDiscard={() => setDiscarding(true)} />
      <div className={classes.body}>
        <SplitPane
          name="series"
          label={strings.resize}
          fixed="second"
          defaultWidth={360}
          first={
            <VirtualTable
              label={strings.table}
              rows={series.items}
              columns={columns}
              rowKey={idOf}
              selected={selected}
              onSelect={setSelected}
            />
          }
          second={
            item === undefined ? undefined : <ItemInspector item={item} acts={rows} onClose={() => setSelected(undefined)} />
          }
        />
      </div>
      {choosing !== undefined && (
        <ConflictDialog key={choosing.deviceId} series={series} item={choosing} onClose={() => setChoosing(undefined)} />
      )}
      <Discard series={series} acts={acts} opened={discarding} onClose={() => setDiscarding(false)} />
    </div>
  );
}

/** The same columns for as long as the screen is shown: their buttons do what is current then. */
function useColumns(rows: RowActs) {
  const [latest] = useState(() => ({ rows }));
  latest.rows = rows;
  return useMemo(
    () =>
      seriesColumns({
        choose: (item) => latest.rows.choose(item),
        prepare: (item) => latest.rows.prepare(item),
        leaveOut: (item, out) => latest.rows.leaveOut(item, out),
      }),
    [latest],
  );
}

interface DiscardProps {
  readonly series: Series;
  readonly acts: SeriesActs;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function Discard({ series, acts, opened, onClose }: DiscardProps) {
  const { items, phase } = series;
  const drafts = items.filter(
    ({ state, draftId }) => draftId !== undefined && (state === 'ready' || state === 'left-out'),
  ).length;
  const ended = phase === 'ended';
  return (
    <ConfirmDialog
      opened={opened}
      title={ended ? strings.forgetTitle : strings.discardTitle}
      confirm={ended ? strings.forgetConfirm : strings.discardConfirm}
      dangerous={drafts > 0}
      busy={acts.busy}
      onConfirm={acts.discard}
      onClose={onClose}
    >
      <p>{strings.discardText(drafts)}</p>
      {items.some(({ state }) => state === 'posting') && <p>{strings.discardRunning}</p>}
    </ConfirmDialog>
  );
}
