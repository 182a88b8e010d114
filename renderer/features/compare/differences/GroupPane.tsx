import { Button } from '@mantine/core';
import {
  IconChevronDown,
  IconChevronRight,
  IconCopy,
  IconDevices,
  IconGitCompare,
  IconHelpCircle,
  IconRouter,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';
import { strings } from '../../../strings/differences.ts';
import { EffectBadge } from '../../../ui/EffectBadge.tsx';
import { ForecastSentence } from '../../../ui/ForecastSentence.tsx';
import { toneClass } from '../../../ui/MeaningBadge.tsx';
import { meanings } from '../../../ui/meaning.ts';
import { ShortSha } from '../../../ui/ShortSha.tsx';
import { showNotice } from '../../../ui/showNotice.ts';
import { useFleetPlace } from '../../fleet/fleetPlace.ts';
import shared from '../compare.module.css';
import { KindMark } from '../KindMark.tsx';
import { RowList } from '../list/RowList.tsx';
import classes from './differences.module.css';
import type { NamedDevice } from './groupRows.ts';
import type { FleetDevice, FleetGroup, GroupChange, GroupPart } from './groups.ts';

interface GroupPaneProps {
  readonly group: FleetGroup;
  /** The device of the group that is selected. */
  readonly device: FleetDevice | undefined;
  readonly hrefOf: (device: DeviceId) => string;
  /** Opens an entry in the comparison of a device with the reference. */
  readonly onEntry: (device: DeviceId, entry: string) => void;
}

/** How the devices of a group differ from the reference, what moving them there does, and where to go from here. */
export function GroupPane({ group, device, hrefOf, onEntry }: GroupPaneProps) {
  const [, navigate] = useLocation();
  const example = device ?? group.devices[0];
  const count = group.devices.length;
  const copy = async () => {
    await navigator.clipboard.writeText(group.devices.map(({ name }) => name).join('\n'));
    showNotice(strings.copied(count));
  };
  const toFleet = () => {
    const place = useFleetPlace.getState();
    place.mark(new Set(group.devices.map(({ id }) => id)));
    navigate(paths.fleet({ view: 'all' }));
  };
  return (
    <section className={shared.pane} aria-label={headline(group)}>
      <header className={classes.paneHead}>
        <h2 className={classes.headline}>{headline(group)}</h2>
        <span className={classes.sha}>
          {strings.stateOf} <ShortSha sha={group.sha} />
        </span>
        {group.outcome === 'same' && <p className={classes.line}>{strings.sameText}</p>}
        {group.differing > 0 && group.forecast === undefined && <p className={classes.line}>{strings.noForecast}</p>}
        {group.forecast !== undefined && (
          <div className={classes.line}>
            <p className={classes.dim}>{strings.move(count)}</p>
            <ForecastSentence
              small
              forecast={group.forecast}
              {...(example === undefined ? {} : { onEntry: (key: string) => onEntry(example.id, key) })}
            />
          </div>
        )}
        <div className={classes.actions}>
          {example !== undefined && group.differing > 0 && (
            <Button component={Link} href={hrefOf(example.id)} leftSection={<IconGitCompare size={14} aria-hidden />}>
              {strings.compare(example.name)}
            </Button>
          )}
          {device !== undefined && (
            <Button component={Link} href={paths.device(device.id)} leftSection={<IconRouter size={14} aria-hidden />}>
              {strings.open(device.name)}
            </Button>
          )}
          <Button leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
            {strings.copyNames(count)}
          </Button>
          <Button leftSection={<IconDevices size={14} aria-hidden />} onClick={toFleet}>
            {strings.toFleet(count)}
          </Button>
        </div>
      </header>
      {group.differing > 0 && example !== undefined && <Changes group={group} onOpen={(entry) => onEntry(example.id, entry)} />}
    </section>
  );
}

function headline({ devices, differing }: FleetGroup): string {
  return differing === 0 ? `${strings.devices(devices.length)}, ${strings.same}` : strings.differIn(devices.length, differing);
}

type ChangeRow =
  | { readonly kind: 'part'; readonly id: string; readonly open: boolean; readonly part: GroupPart }
  | { readonly kind: 'entry'; readonly id: string; readonly change: GroupChange };

/** The entries in which the group differs, by part. */
function Changes({ group, onOpen }: { group: FleetGroup; onOpen: (entry: string) => void }) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string>();
  const rows = useMemo(
    () =>
      group.parts.flatMap((part): readonly ChangeRow[] => {
        const id = `/${part.part}`;
        const open = !closed.has(id);
        const entries = part.changes.map((change): ChangeRow => ({ kind: 'entry', id: change.key, change }));
        return [{ kind: 'part', id, open, part }, ...(open ? entries : [])];
      }),
    [group, closed],
  );
  return (
    <div className={shared.paneBody}>
      <RowList
        label={strings.changes}
        rows={rows}
        selected={selected}
        onSelect={setSelected}
        onOpen={onOpen}
        onToggle={(id, open) =>
          setClosed((before) => {
            const next = new Set(before);
            if (open) next.delete(id);
            else next.add(id);
            return next;
          })
        }
      >
        {(row) => <Change row={row} />}
      </RowList>
    </div>
  );
}

function Change({ row }: { row: ChangeRow }) {
  if (row.kind === 'part') {
    const Chevron = row.open ? IconChevronDown : IconChevronRight;
    return (
      <>
        <Chevron size={14} aria-hidden />
        <span className={shared.partName}>{row.part.part}</span>
        <span className={shared.count}>{row.part.changes.length}</span>
        {row.part.effect !== undefined && <EffectBadge effect={row.part.effect} />}
      </>
    );
  }
  const { effect, kind, key } = row.change;
  return (
    <>
      <span className={`${shared.effectBar} ${effect === undefined ? '' : toneClass(meanings[effect].tone)}`} />
      <KindMark kind={kind} />
      <code className={shared.key} title={key}>
        <bdi>{key}</bdi>
      </code>
      <span className={classes.dim}>{strings.kinds[kind]}</span>
      {effect !== undefined && <EffectBadge effect={effect} />}
    </>
  );
}

/** What can be done about devices whose state is not known. */
export function UnreadablePane({ device }: { device: NamedDevice | undefined }) {
  return (
    <section className={classes.paneHead} aria-label={strings.unreadableTitle}>
      <h2 className={classes.headline}>{device?.name ?? strings.unreadableTitle}</h2>
      <p className={classes.line}>{strings.unreadableText}</p>
      {device === undefined ? (
        <p className={classes.line}>{strings.chooseUnreadable}</p>
      ) : (
        <div className={classes.actions}>
          <Button component={Link} href={paths.diagnosis(device.id)} leftSection={<IconHelpCircle size={14} aria-hidden />}>
            {strings.whyNot}
          </Button>
          <Button component={Link} href={paths.device(device.id)} leftSection={<IconRouter size={14} aria-hidden />}>
            {strings.open(device.name)}
          </Button>
        </div>
      )}
    </section>
  );
}
