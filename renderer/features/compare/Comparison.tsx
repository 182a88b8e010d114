import { useMemo, useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { partLabel } from '../../../shared/state/parts.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/compare.ts';
import { MonacoDiff } from '../../ui/monaco/MonacoDiff.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { CompareHeader } from './CompareHeader.tsx';
import classes from './compare.module.css';
import { EntryList } from './EntryList.tsx';
import { EntryPane } from './EntryPane.tsx';
import { comparedGroups, compareRows, type EntryFilter, neighbour, resolved } from './entries.ts';
import { fallbackOf } from './fallback.ts';
import { ForecastBar } from './forecast/ForecastBar.tsx';
import { useForecast } from './forecast/useForecast.ts';
import { useSinceBoot } from './forecast/useSinceBoot.ts';
import { useAddressPart } from './useAddressPart.ts';
import { useEntryKeys } from './useEntryKeys.ts';
import { type Side, useSide } from './useSide.ts';

interface ComparisonProps {
  readonly deviceId: DeviceId;
  readonly a: string;
  readonly b: string;
}

const everything: EntryFilter = { text: '', hidden: new Set() };

/** The comparison of two sides that the address names. The selected entry is part of the address, so that a reload keeps it. */
export function Comparison({ deviceId, a, b }: ComparisonProps) {
  const device = useLive(orpc.device.watch, { id: deviceId }).data;
  const timeline = useLive(orpc.device.timeline, { id: deviceId }).data;
  const left = useSide(deviceId, a);
  const right = useSide(deviceId, b);
  const running = device?.summary.running?.revision;
  const fromRunning = left.kind === 'ready' && left.revision !== undefined && left.revision === running;
  const sinceBoot = useSinceBoot(device, fromRunning);
  const view = useForecast(textOf(left), textOf(right), sinceBoot.texts);

  const [filter, setFilter] = useState(everything);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useAddressPart('entry');
  const groups = useGroups(left, right, view.forecast);
  const rows = useMemo(() => compareRows(groups, closed, filter), [groups, closed, filter]);
  const entries = useMemo(() => groups.flatMap((group) => group.entries), [groups]);
  const shown =
    entries.find((one) => one.key === selected) ?? (selected === undefined || !selected.startsWith('/') ? entries[0] : undefined);

  useEntryKeys((step) => {
    const next = neighbour(rows, shown?.key, step);
    if (next !== undefined) setSelected(next);
  });

  const failed = [left, right].find((side) => side.kind === 'failed');
  return (
    <div className={classes.screen}>
      <CompareHeader
        deviceId={deviceId}
        a={a}
        b={b}
        labels={{ a: left.label, b: right.label }}
        running={running}
        forecast={view.forecast}
        onStep={(step) => {
          const next = neighbour(rows, shown?.key, step);
          if (next !== undefined) setSelected(next);
        }}
      />
      {failed?.kind === 'failed' && (
        <div className={classes.problem}>
          <ProblemPanel problem={failed.problem} />
        </div>
      )}
      {failed === undefined && (
        <ForecastBar
          view={view}
          {...(fromRunning ? { fallback: fallbackOf(device, timeline) } : {})}
          onEntry={(key) => setSelected(resolved(key))}
          onContainer={(name) => setSelected(groups.find((group) => partLabel(group.part) === name)?.entries[0]?.key)}
          note={fromRunning && !sinceBoot.loading && !sinceBoot.complete ? strings.sinceBootUnknown : undefined}
        />
      )}
      <div className={classes.body}>
        <Body left={left} right={right}>
          {entries.length > 0 && (
            <SplitPane
              name="compare-list"
              label={strings.listWidth}
              fixed="first"
              defaultWidth={360}
              first={
                <EntryList
                  groups={groups}
                  rows={rows}
                  filter={filter}
                  onFilter={setFilter}
                  selected={selected ?? shown?.key}
                  onSelect={setSelected}
                  onToggle={(id, open) =>
                    setClosed((before) => {
                      const next = new Set(before);
                      if (open) next.delete(id);
                      else next.add(id);
                      return next;
                    })
                  }
                />
              }
              second={
                shown === undefined ? (
                  <p className={classes.note}>{strings.nothingSelected}</p>
                ) : (
                  <EntryPane deviceId={deviceId} entry={shown} labels={{ a: left.label, b: right.label }} />
                )
              }
            />
          )}
        </Body>
      </div>
    </div>
  );
}

function textOf(side: Side): string | undefined {
  return side.kind === 'ready' ? side.text : undefined;
}

const noGroups: ReturnType<typeof comparedGroups> = [];

function useGroups(left: Side, right: Side, forecast: Forecast | undefined) {
  return useMemo(() => {
    if (left.kind !== 'ready' || right.kind !== 'ready' || !left.parsed.ok || !right.parsed.ok) return noGroups;
    return comparedGroups(left.parsed.state, right.parsed.state, forecast);
  }, [left, right, forecast]);
}

/** The list and the diff, or what stands in their place: the same state twice, or a text that is no state. */
function Body({ left, right, children }: { left: Side; right: Side; children: React.ReactNode }) {
  const whole = useMemo(
    () =>
      left.kind === 'ready' && right.kind === 'ready'
        ? {
            left: { text: left.text, label: strings.left(left.label), marks: [] },
            right: { text: right.text, label: strings.right(right.label), marks: [] },
          }
        : undefined,
    [left, right],
  );
  if (left.kind !== 'ready' || right.kind !== 'ready' || whole === undefined) return null;
  const broken = [left, right].find((side) => !side.parsed.ok);
  if (broken !== undefined && !broken.parsed.ok) {
    return (
      <section className={classes.pane} aria-label={strings.whole}>
        <p className={classes.note}>
          {strings.unreadable} ({broken.label}): {broken.parsed.reason}
        </p>
        <div className={classes.paneBody}>
          <MonacoDiff left={whole.left} right={whole.right} language="json" />
        </div>
      </section>
    );
  }
  if (left.text === right.text) return <p className={classes.note}>{strings.identical}</p>;
  return children === false ? <p className={classes.note}>{strings.noEntryDiffers}</p> : children;
}
