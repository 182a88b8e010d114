import { skipToken } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/differences.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { useFleet } from '../../fleet/useFleet.ts';
import { ScreenLoading } from '../../shell/ScreenLoading.tsx';
import { FailedSide } from '../FailedSide.tsx';
import { SideCard } from '../sides/SideCard.tsx';
import { parseSide } from '../sides/sideRef.ts';
import { useSide } from '../sides/useSide.ts';
import { useAddressPart } from '../useAddressPart.ts';
import classes from './differences.module.css';
import { GroupList } from './GroupList.tsx';
import { GroupPane, UnreadablePane } from './GroupPane.tsx';
import { groupRows, type NamedDevice, unreadableId } from './groupRows.ts';
import { everyGroup, filteredFleetGroups, filterWords, fleetGroups, holds } from './groups.ts';
import { compareHref, referenceHref } from './hrefs.ts';
import { leftToRead, ReadingProgress } from './ReadingProgress.tsx';

const nobody: readonly NamedDevice[] = [];

/** The whole fleet against a revision of the device `home`, or against a draft. */
export function FleetComparison({ home, reference }: { home: DeviceId; reference: string }) {
  const [, navigate] = useLocation();
  const side = useSide(home, reference);
  const asked = useMemo(() => {
    const ref = parseSide(home, reference);
    if (ref.kind === 'draft') return { draftId: ref.draftId };
    return ref.kind === 'revision' ? { deviceId: ref.deviceId, revision: ref.revision } : skipToken;
  }, [home, reference]);
  const live = useLive(orpc.states.differences, asked);
  const devices = useFleet().data?.devices;

  const [filter, setFilter] = useState(everyGroup);
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useAddressPart('group');
  const groups = useMemo(() => (live.data === undefined ? [] : fleetGroups(live.data)), [live.data]);
  const words = useMemo(() => filterWords(filter.text), [filter.text]);
  const shown = useMemo(() => filteredFleetGroups(groups, filter), [groups, filter]);
  const unreadable = useMemo(() => {
    const ids = filter.outcomes.size > 0 ? undefined : live.data?.progress.unreadable;
    const named = ids?.map((id): NamedDevice => ({ id, name: devices?.get(id)?.name ?? id }));
    return named?.filter(({ name }) => holds(name, words)) ?? nobody;
  }, [live.data, devices, filter.outcomes, words]);
  const rows = useMemo(() => groupRows(shown, unreadable, opened, words.length > 0), [shown, unreadable, opened, words]);
  // The order changes until all is read: before that nothing is shown that was not chosen, and from then on what is shown stays.
  const complete = live.data !== undefined && leftToRead(live.data.progress) === 0;
  const first = useRef<string>(undefined);
  const wanted = selected ?? first.current;
  const row = rows.find(({ id }) => id === wanted) ?? (complete ? rows[0] : undefined);
  useEffect(() => {
    first.current = row?.id;
  }, [row?.id]);

  const compare = (device: DeviceId, entry?: string) => navigate(compareHref(home, reference, device, entry));
  return (
    <div className={classes.screen}>
      <header className={classes.header}>
        <h1 className={classes.title}>{strings.title}</h1>
        <SideCard
          label={strings.reference}
          home={home}
          side={side}
          value={reference}
          devicesOnly
          onChange={(next) => navigate(referenceHref(home, next), { replace: true })}
        />
        {live.data !== undefined && <ReadingProgress progress={live.data.progress} />}
      </header>
      {side.kind === 'failed' ? (
        <FailedSide side={side} />
      ) : live.error !== null && live.data === undefined ? (
        <div className={classes.problem}>
          <ProblemPanel problem={problemOf(live.error)} />
        </div>
      ) : live.data === undefined ? (
        <ScreenLoading />
      ) : live.data.progress.of === 0 ? (
        <EmptyState sentence={strings.none} />
      ) : (
        <div className={classes.body}>
          <SplitPane
            name="differences-list"
            label={strings.listWidth}
            fixed="first"
            defaultWidth={460}
            first={
              <GroupList
                groups={groups}
                rows={rows}
                filter={filter}
                onFilter={setFilter}
                selected={row?.id}
                onSelect={setSelected}
                onToggle={(id, open) =>
                  setOpened((before) => {
                    const next = new Set(before);
                    if (open) next.add(id);
                    else next.delete(id);
                    return next;
                  })
                }
                onToggleAll={(open) => setOpened(new Set(open ? [...groups.map(({ id }) => id), unreadableId] : []))}
                onOpen={(id) => {
                  const device = rows.find((one) => one.kind === 'entry' && one.id === id);
                  if (device?.kind !== 'entry') return;
                  if ('unreadable' in device) navigate(paths.diagnosis(device.unreadable.id));
                  else compare(device.device.id);
                }}
              />
            }
            second={
              row === undefined ? (
                <div className={classes.note}>
                  <p>{strings.intro}</p>
                  <p>{strings.nothingSelected}</p>
                </div>
              ) : 'group' in row ? (
                <GroupPane
                  key={row.group.id}
                  group={row.group}
                  device={row.kind === 'entry' ? row.device : undefined}
                  hrefOf={(device) => compareHref(home, reference, device)}
                  onEntry={compare}
                />
              ) : (
                <UnreadablePane device={row.kind === 'entry' ? row.unreadable : undefined} />
              )
            }
          />
        </div>
      )}
    </div>
  );
}
