import { Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { type CheckoutId, DeviceId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';
import { client } from '../../../rpc.ts';
import { postStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { DeviceSelect } from '../origin/OriginFields.tsx';
import classes from '../origin/origin.module.css';
import { useCheckout } from '../useCheckout.ts';
import { useOwnWork } from '../work/useOwnWork.ts';
import { deviceOfRemotes } from './deviceOfRemotes.ts';
import { WorkDialog } from './WorkDialog.tsx';

/** Makes a draft of a device with a checkout's state in it, and goes where it is posted from. */
export function PostDialog({ id, onClose }: { id: CheckoutId; onClose: () => void }) {
  const [, navigate] = useLocation();
  const view = useCheckout(id).data;
  const devices = useFleet().data?.devices;
  const [chosen, setChosen] = useState<string>();
  const [which, setWhich] = useState<'commit' | 'working'>('commit');
  const suggested = view === undefined || devices === undefined ? undefined : deviceOfRemotes(view.remotes, devices.values());
  const deviceId = DeviceId.safeParse(chosen ?? suggested ?? '');
  const own = useOwnWork(({ draftId, deviceId: ofDraft }) => {
    onClose();
    if (draftId !== undefined && ofDraft !== undefined) navigate(paths.post(ofDraft, draftId));
  });
  const name = view?.name ?? '';
  return (
    <WorkDialog
      title={strings.title(name)}
      confirm={strings.goOn}
      disabled={!deviceId.success || view === undefined}
      own={own}
      onConfirm={() => {
        if (!deviceId.success) return;
        const to = devices?.get(deviceId.data)?.name ?? '';
        own.start(strings.work(name, to), (options) => client.checkout.draftFor({ id, deviceId: deviceId.data, which }, options));
      }}
      onClose={onClose}
    >
      <p>{strings.text}</p>
      <div>
        <DeviceSelect
          label={strings.device}
          placeholder={strings.placeholder}
          value={deviceId.success ? deviceId.data : ''}
          onChange={setChosen}
        />
        {suggested !== undefined && deviceId.success && deviceId.data === suggested && (
          <p className={classes.dim}>{strings.suggested}</p>
        )}
      </div>
      {view !== undefined && view.changes > 0 && (
        <Radio.Group label={strings.what} value={which} onChange={(next) => setWhich(next === 'working' ? 'working' : 'commit')}>
          <Stack gap={6} mt={4}>
            <Radio value="commit" label={strings.commit} />
            <Radio value="working" label={strings.working} disabled={view.workingSha === undefined} />
          </Stack>
        </Radio.Group>
      )}
    </WorkDialog>
  );
}
