import { Button, Group, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { SeriesId } from '../../../shared/contract/ids.ts';
import type { SeriesItem } from '../../../shared/contract/series.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/series.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { Conflicts } from '../draft/rebase/Conflicts.tsx';
import { type Sides, undecided } from '../draft/rebase/sides.ts';
import classes from './series.module.css';

interface ConflictDialogProps {
  readonly seriesId: SeriesId;
  readonly item: SeriesItem;
  readonly onClose: () => void;
}

/** Which side holds for each entry that the change and the device both have their own text for. */
export function ConflictDialog({ seriesId, item, onClose }: ConflictDialogProps) {
  const [sides, setSides] = useState<Sides>({});
  const resolve = useMutation(orpc.series.resolve.mutationOptions({ onSuccess: onClose }));
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
          <Button onClick={onClose}>{strings.cancel}</Button>
          <GatedButton
            variant="filled"
            loading={resolve.isPending}
            reason={open.length > 0 ? strings.conflictLeft(open.length) : undefined}
            onClick={() => resolve.mutate({ seriesId, deviceId: item.deviceId, sides: { ...sides } })}
          >
            {strings.conflictApply}
          </GatedButton>
        </Group>
      </div>
    </Modal>
  );
}
