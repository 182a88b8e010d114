import { Button, Group, Modal, Radio, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { paths } from '../../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../../rpc.ts';
import { strings } from '../../../strings/fleetBulk.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { useFleet } from '../useFleet.ts';
import classes from './bulk.module.css';

interface BulkPostProps {
  readonly devices: readonly DeviceSummary[];
  readonly onClose: () => void;
}

/** Chooses the draft whose changes go to several devices; the screen of that change then shows the forecast of each. */
export function BulkPost({ devices, onClose }: BulkPostProps) {
  const [, navigate] = useLocation();
  const [chosen, setChosen] = useState('');
  const list = useLive(orpc.draft.list, {}).data;
  const fleet = useFleet().data?.devices;
  const drafts = (list ?? [])
    .filter(({ seriesId, changes }) => seriesId === undefined && changes > 0)
    .toSorted((a, b) => b.changedAt - a.changedAt);
  const draft = drafts.find(({ id }) => id === chosen);
  const begin = useMutation(
    orpc.series.fromDraft.mutationOptions({
      onSuccess: ({ seriesId }) => {
        onClose();
        navigate(paths.series(seriesId));
      },
    }),
  );
  const nameOf = (id: string) => fleet?.get(id)?.name ?? strings.postGone;
  return (
    <Modal
      opened
      onClose={onClose}
      size={600}
      title={strings.postTitle(devices.length)}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <Stack gap="md">
        <p>{strings.postText}</p>
        {list !== undefined && drafts.length === 0 && <p>{strings.postNone}</p>}
        <Radio.Group aria-label={strings.postDrafts} value={chosen} onChange={setChosen}>
          <div className={classes.choices}>
            {drafts.map(({ id, title, deviceId, base, changes, changedAt }) => (
              <Radio
                key={id}
                value={id}
                label={
                  <>
                    {title === '' ? strings.postUntitled(nameOf(deviceId)) : title}
                    <span className={classes.dim}>
                      {strings.postOf(nameOf(deviceId), base, changes)}
                      {' · '}
                      <RelativeTime at={changedAt} />
                    </span>
                  </>
                }
              />
            ))}
          </div>
        </Radio.Group>
        {begin.error !== null && <ProblemPanel problem={problemOf(begin.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button
            variant="filled"
            disabled={draft === undefined}
            loading={begin.isPending}
            onClick={() => draft !== undefined && begin.mutate({ draftId: draft.id, deviceIds: devices.map(({ id }) => id) })}
          >
            {strings.postConfirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
