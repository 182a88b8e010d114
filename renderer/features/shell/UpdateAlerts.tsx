import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/shell.ts';
import { duration } from '../../ui/age.ts';
import { useFleet } from '../fleet/useFleet.ts';
import { type AlertsKnown, newAlerts, type UpdateAlert } from './updateAlerts.ts';

const { alert: words } = strings;

/** Says when an update stalls or ends badly while its own screen is not open, with the way there. */
export function UpdateAlerts() {
  const { data: updates } = useLive(orpc.update.list, {});
  const devices = useFleet().data?.devices;
  const [place] = useLocation();
  const known = useRef<AlertsKnown>(undefined);
  const around = useRef({ devices, place });
  around.current = { devices, place };

  useEffect(() => {
    if (updates === undefined) return;
    const { known: next, alerts } = newAlerts(known.current, updates);
    known.current = next;
    for (const alert of alerts) {
      if (around.current.place.endsWith(`/update/${alert.update.id}`)) continue;
      tell(alert, around.current.devices?.get(alert.update.deviceId)?.name ?? strings.device);
    }
  }, [updates]);

  // On its own screen everything is said already.
  useEffect(() => {
    const open = /\/update\/([^/]+)$/.exec(place)?.[1];
    if (open !== undefined) notifications.hide(noticeId(open));
  }, [place]);
  return null;
}

const noticeId = (updateId: string) => `update ${updateId}`;

function tell({ kind, update }: UpdateAlert, device: string): void {
  const title = words[kind](device, update.revision);
  const id = noticeId(update.id);
  // The newest about an update takes the place of what was said of it before.
  notifications.hide(id);
  notifications.show({
    id,
    title,
    message: (
      <>
        <p>{textOf({ kind, update })}</p>
        <Anchor
          component={Link}
          size="sm"
          underline="always"
          href={paths.update(update.deviceId, update.id)}
          onClick={() => notifications.hide(id)}
        >
          {words.watch}
        </Anchor>
      </>
    ),
    color: kind === 'stalled' || kind === 'interrupted' ? 'yellow' : 'red',
    autoClose: false,
    role: 'alert',
    closeButtonProps: { 'aria-label': words.close(title) },
  });
}

function textOf({ kind, update }: UpdateAlert): string {
  const { stalled, outcome, problem } = update;
  if (kind === 'stalled') {
    return stalled === undefined
      ? ''
      : words.stalledText(stalled.stage, duration(Date.now() - stalled.since), duration(stalled.usual));
  }
  if (kind === 'interrupted') return `${problem?.what ?? ''} ${words.nothingLost}`.trim();
  if (outcome?.rolledBackTo !== undefined) return words.rolledBack(outcome.rolledBackTo);
  return outcome?.runningNow === undefined ? (problem?.what ?? '') : words.runs(outcome.runningNow);
}
