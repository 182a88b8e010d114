import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useEffect, useRef } from 'react';
import { paths } from '../../../routes/paths.ts';
import { orpc, useLive } from '../../../rpc.ts';
import { useNotifying } from '../../../stores/notifying.ts';
import { strings } from '../../../strings/shell.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { askForNotices, holdWhileLookedAt, inOneWindow, isLookedAt, noticePermission, showNative } from './nativeNotice.ts';
import { type EndingUpdate, type EndsKnown, newEnds, wordsOfEnd } from './updateEnds.ts';

/** Has the computer itself say how an update ended, while the person is elsewhere. */
export function UpdateEnds() {
  const { data: updates } = useLive(orpc.update.list, {});
  const devices = useFleet().data?.devices;
  const known = useRef<EndsKnown>(undefined);
  const missed = useRef(false);
  const nameOf = useRef((_id: string): string => strings.device);
  nameOf.current = (id) => devices?.get(id)?.name ?? strings.device;

  useEffect(holdWhileLookedAt, []);

  useEffect(() => {
    if (updates === undefined) return;
    const { known: next, ends } = newEnds(known.current, updates);
    known.current = next;
    for (const end of ends) {
      if (document.visibilityState === 'hidden') missed.current = true;
      void tell(end, nameOf.current(end.deviceId));
    }
  }, [updates]);

  // Asked for where it would have been of use: an update ended while the person was elsewhere.
  useEffect(() => {
    const back = () => {
      if (document.visibilityState !== 'visible' || !missed.current) return;
      missed.current = false;
      const { when, offered } = useNotifying.getState();
      if (!offered && when !== 'never' && noticePermission() === 'default') offer();
    };
    document.addEventListener('visibilitychange', back);
    return () => document.removeEventListener('visibilitychange', back);
  }, []);
  return null;
}

async function tell(update: EndingUpdate, device: string): Promise<void> {
  const { when } = useNotifying.getState();
  if (when === 'never' || (when === 'elsewhere' && (await isLookedAt()))) return;
  const place = paths.update(update.deviceId, update.id);
  inOneWindow(update.id, () => showNative({ id: update.id, ...wordsOfEnd(update, device), place }));
}

const offerId = 'offer notifications';

function offer(): void {
  useNotifying.setState({ offered: true });
  const answer = (yes: boolean) => {
    notifications.hide(offerId);
    if (yes) void askForNotices();
    else useNotifying.setState({ when: 'never' });
  };
  notifications.show({
    id: offerId,
    title: strings.offer.title,
    message: (
      <Stack gap="sm">
        <Text size="sm">{strings.offer.text}</Text>
        <Group gap="sm">
          <Button size="compact-xs" variant="filled" onClick={() => answer(true)}>
            {strings.offer.yes}
          </Button>
          <Button size="compact-xs" onClick={() => answer(false)}>
            {strings.offer.no}
          </Button>
        </Group>
      </Stack>
    ),
    autoClose: false,
    closeButtonProps: { 'aria-label': strings.alert.close(strings.offer.title) },
  });
}
