import { Button, Checkbox, Group, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Series, SeriesItem } from '../../../shared/contract/series.ts';
import { client, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/series.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { Conflicts } from '../draft/rebase/Conflicts.tsx';
import { type Sides, undecided } from '../draft/rebase/sides.ts';
import classes from './series.module.css';
import { twinsOf } from './summary.ts';

interface ConflictDialogProps {
  readonly series: Series;
  readonly item: SeriesItem;
  readonly onClose: () => void;
}

/** Which side holds for each entry that the change and the device both have their own text for. */
export function ConflictDialog({ series, item, onClose }: ConflictDialogProps) {
  const [sides, setSides] = useState<Sides>({});
  const [alike, setAlike] = useState(true);
  const twins = twinsOf(series.items, item);
  const resolve = useMutation({
    mutationFn: () =>
      Promise.all(
        [item, ...(alike ? twins : [])].map(({ deviceId }) =>
          client.series.resolve({ seriesId: series.id, deviceId, sides: { ...sides } }),
        ),
      ),
    onSuccess: onClose,
  });
  const open = undecided(item.conflicts, sides);
  return (
    <Modal
      opened
      onClose={onClose}
      size={1080}
      title={strings.conflictTitle(item.deviceName)}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <div className={classes.dialog}>
        <p>{strings.conflictText}</p>
        <Conflicts conflicts={item.conflicts} onto={strings.conflictOnto(item.base ?? '')} sides={sides} onChange={setSides} />
        {resolve.error !== null && <ProblemPanel problem={problemOf(resolve.error)} />}
        <Group justify="flex-end" gap="sm">
          {twins.length > 0 && (
            <Checkbox
              className={classes.alike ?? ''}
              label={strings.conflictAlike(twins.length)}
              title={twins.map(({ deviceName }) => deviceName).join('\n')}
              checked={alike}
              onChange={(event) => setAlike(event.currentTarget.checked)}
            />
          )}
          <Button onClick={onClose}>{strings.cancel}</Button>
          <GatedButton
            variant="filled"
            loading={resolve.isPending}
            reason={open.length > 0 ? strings.conflictLeft(open.length) : undefined}
            onClick={() => resolve.mutate()}
          >
            {strings.conflictApply}
          </GatedButton>
        </Group>
      </div>
    </Modal>
  );
}
