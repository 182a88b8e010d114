import { skipToken } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { partLabel } from '../../../shared/state/parts.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/compare.ts';
import type { ChangeWalk } from '../../ui/monaco/changeWalk.ts';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { useFleet } from '../fleet/useFleet.ts';
import { acrossDevices } from './acrossDevices.ts';
import { CompareHeader } from './CompareHeader.tsx';
import classes from './compare.module.css';
import { entryViews, useCompareView } from './compareView.ts';
import { EntryList } from './EntryList.tsx';
import { EntryPane } from './EntryPane.tsx';
import { comparedGroups, compareRows, everyEntry, filteredGroups, neighbour, resolved, rowIdOfPart } from './entries.ts';
import { FailedSide } from './FailedSide.tsx';
import { fallbackOf } from './fallback.ts';
import { ForecastBar } from './forecast/ForecastBar.tsx';
import { useForecast } from './forecast/useForecast.ts';
import { useSinceBoot } from './forecast/useSinceBoot.ts';
import { draftSide } from './sides/sideRef.ts';
import { type Side, useSide } from './sides/useSide.ts';
import { useAddressPart } from './useAddressPart.ts';
import { useCompareKeys } from './useCompareKeys.ts';
import { WholeTexts } from './WholeTexts.tsx';

interface ComparisonProps {
  /** The device that the address is about, where it is about one: its revisions have short names. */
  readonly home: DeviceId | undefined;
  readonly a: string;
  readonly b: string;
  /** The address of the comparison of two other sides. */
  readonly hrefOf: (a: string, b: string) => string;
}

/** The comparison of two sides that the address names. The selected entry is part of the address, so that a reload keeps it. */
export function Comparison({ home, a, b, hrefOf }: ComparisonProps) {
  const [, navigate] = useLocation();
  const left = useSide(home, a);
  const right = useSide(home, b);
  const mover = left.deviceId === undefined ? skipToken : { id: left.deviceId };
  const device = useLive(orpc.device.watch, mover).data;
  const timeline = useLive(orpc.device.timeline, mover).data;
  const running = device?.summary.running?.revision;
  const fromRunning = left.kind === 'ready' && left.revision !== undefined && left.revision === running;
  const sinceBoot = useSinceBoot(device, fromRunning);
  const view = useForecast(textOf(left), textOf(right), sinceBoot.texts);

  const [words, setFilter] = useState(everyEntry);
  const hideFormatting = useCompareView((state) => state.hideFormatting);
  const toggleView = useCompareView((state) => state.toggle);
  const filter = useMemo(() => ({ ...words, hideFormatting }), [words, hideFormatting]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useAddressPart('entry');
  const [startAt, setStartAt] = useState<'first' | 'last'>('first');
  const groups = useGroups(left, right, view.forecast);
  const rows = useMemo(() => compareRows(groups, closed, filter), [groups, closed, filter]);
  const entries = useMemo(() => groups.flatMap((group) => group.entries), [groups]);
  const shown =
    entries.find((one) => one.key === selected) ?? (selected === undefined || !selected.startsWith('/') ? entries[0] : undefined);

  const walk = useRef<ChangeWalk>(undefined);
  const keepWalk = useCallback((next: ChangeWalk | undefined) => {
    walk.current = next;
  }, []);
  const searchBox = useRef<HTMLInputElement>(null);
  const onSides = (nextA: string, nextB: string) => navigate(hrefOf(nextA, nextB), { replace: true });
  const select = (id: string, at: 'first' | 'last' = 'first') => {
    setStartAt(at);
    setSelected(id);
  };
  const toggle = (id: string, open: boolean) =>
    setClosed((before) => {
      const next = new Set(before);
      if (open) next.delete(id);
      else next.add(id);
      return next;
    });
  const stepEntry = (by: 1 | -1, at: 'first' | 'last' = 'first') => {
    const next = neighbour(filteredGroups(groups, filter), shown?.key ?? selected, by);
    const part = groups.find((group) => group.entries.some(({ key }) => key === next))?.part;
    if (next === undefined || part === undefined) return;
    toggle(rowIdOfPart(part), true);
    select(next, at);
  };
  const stepChange = (by: 1 | -1) => {
    if (walk.current?.step(by) !== true) stepEntry(by, by === 1 ? 'first' : 'last');
  };
  const toggleAll = (open: boolean) => setClosed(new Set(open ? [] : groups.map(({ part }) => rowIdOfPart(part))));
  const nextView = () => {
    const { view: now, setView } = useCompareView.getState();
    setView(entryViews[(entryViews.indexOf(now) + 1) % entryViews.length] ?? 'text');
  };
  useCompareKeys({
    stepEntry,
    stepChange,
    swap: () => onSides(b, a),
    nextView,
    toggleAll,
    focusFilter: () => searchBox.current?.focus(),
  });

  const failed = [left, right].find((side) => side.kind === 'failed');
  const across = useAcross(left, right);
  const doubt = fromRunning && !sinceBoot.loading && !sinceBoot.complete ? [strings.sinceBootUnknown] : [];
  return (
    <div className={classes.screen}>
      <CompareHeader
        home={home}
        a={a}
        b={b}
        left={left}
        right={right}
        forecast={view.forecast}
        fleetHref={differencesHref(right)}
        onSides={onSides}
        onStep={stepChange}
      />
      {failed?.kind === 'failed' && <FailedSide side={failed} />}
      {failed === undefined && (
        <ForecastBar
          view={view}
          {...(fromRunning ? { fallback: fallbackOf(device, timeline) } : {})}
          onEntry={(key) => select(resolved(key))}
          onContainer={(name) => {
            const first = groups.find((group) => partLabel(group.part) === name)?.entries[0];
            if (first !== undefined) select(first.key);
          }}
          notes={[...across, ...doubt]}
        />
      )}
      <div className={classes.body}>
        <WholeTexts left={left} right={right}>
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
                  onHideFormatting={() => toggleView('hideFormatting')}
                  selected={selected ?? shown?.key}
                  onSelect={select}
                  onToggle={toggle}
                  onToggleAll={toggleAll}
                  searchBox={searchBox}
                />
              }
              second={
                shown === undefined ? (
                  <p className={classes.note}>{strings.nothingSelected}</p>
                ) : (
                  <EntryPane entry={shown} left={left} right={right} startAt={startAt} onWalk={keepWalk} onStep={stepChange} />
                )
              }
            />
          )}
        </WholeTexts>
      </div>
    </div>
  );
}

function textOf(side: Side): string | undefined {
  return side.kind === 'ready' ? side.text : undefined;
}

/** Where the whole fleet is held against a side. */
function differencesHref(side: Side): string | undefined {
  if (side.deviceId === undefined) return undefined;
  if (side.draftId !== undefined) return paths.differences(side.deviceId, draftSide(side.draftId));
  return side.kind === 'ready' && side.revision !== undefined ? paths.differences(side.deviceId, side.revision) : undefined;
}

const nothing: readonly string[] = [];

/** What there is to say where the two sides are of two devices. */
function useAcross(left: Side, right: Side): readonly string[] {
  const devices = useFleet().data?.devices;
  const mover = left.deviceId === undefined ? undefined : devices?.get(left.deviceId);
  const model = right.deviceId === undefined ? undefined : devices?.get(right.deviceId);
  return useMemo(
    () =>
      mover === undefined || model === undefined || mover.id === model.id ? nothing : acrossDevices(mover, model, right.draft),
    [mover, model, right.draft],
  );
}

const noGroups: ReturnType<typeof comparedGroups> = [];

function useGroups(left: Side, right: Side, forecast: Forecast | undefined) {
  return useMemo(() => {
    if (left.kind !== 'ready' || right.kind !== 'ready' || !left.parsed.ok || !right.parsed.ok) return noGroups;
    return comparedGroups(left.parsed.state, right.parsed.state, forecast);
  }, [left, right, forecast]);
}
