import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { StateOrigin } from '../../../../shared/contract/checkout.ts';
import { paths } from '../../../routes/paths.ts';
import { client } from '../../../rpc.ts';
import { originStrings, cloneStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { OriginFields } from '../origin/OriginFields.tsx';
import classes from '../origin/origin.module.css';
import { folderNameOf, formOf, type OriginForm, originOf } from '../origin/originForm.ts';
import { PartsField } from '../origin/PartsField.tsx';
import { useLastFolder } from '../picker/lastFolder.ts';
import { PathDialog } from '../picker/PathDialog.tsx';
import { asFolder, typedPath } from '../picker/pathText.ts';
import { useCheckouts } from '../useCheckout.ts';
import { useOwnWork } from '../work/useOwnWork.ts';
import { WorkDialog } from './WorkDialog.tsx';

/** Makes a checkout of what is elsewhere: a device, an address, an export or another checkout. */
export function CloneDialog({ from, onClose }: { from: StateOrigin | undefined; onClose: () => void }) {
  const [, navigate] = useLocation();
  const [form, setForm] = useState(() => formOf(from));
  const [typed, setTyped] = useState<string>();
  const [choosing, setChoosing] = useState(false);
  const last = useLastFolder();
  const nameOf = useNames();
  const own = useOwnWork(({ checkoutId }) => {
    onClose();
    if (checkoutId !== undefined) navigate(paths.checkout(checkoutId));
  });
  const name = folderNameOf(form, nameOf);
  const suggested = last.folder === '' || name === '' ? '' : `${asFolder(last.folder)}${name}`;
  const folder = typed ?? suggested;
  const origin = originOf(form);
  const clone = () => {
    if (origin === undefined || folder === '') return;
    last.remember(typedPath(folder).folder);
    own.start(strings.work(folder), (options) =>
      client.checkout.clone(
        { from: origin, parts: { fragment: form.fragment.trim(), exactCli: form.exactCli }, path: folder },
        options,
      ),
    );
  };
  return (
    <WorkDialog
      title={strings.title}
      confirm={strings.clone}
      disabled={origin === undefined || folder === ''}
      own={own}
      onConfirm={clone}
      onClose={onClose}
    >
      <OriginFields form={form} onChange={setForm} />
      <PartsField form={form} onChange={setForm} />
      <div className={classes.withButton}>
        <TextInput
          label={strings.folder}
          description={strings.folderHint}
          value={folder}
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button onClick={() => setChoosing(true)}>{originStrings.choose}</Button>
      </div>
      {choosing && (
        <PathDialog
          title={strings.chooseFolder}
          text={strings.folderHint}
          confirm={strings.takeFolder}
          wanted="new-folder"
          onChosen={(path) => {
            setChoosing(false);
            setTyped(path);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </WorkDialog>
  );
}

function useNames(): (form: OriginForm) => string | undefined {
  const devices = useFleet().data?.devices;
  const checkouts = useCheckouts().data;
  return ({ kind, deviceId, checkoutId }) => {
    if (kind === 'checkout') return checkouts?.find(({ id }) => id === checkoutId)?.name;
    for (const device of devices?.values() ?? []) if (device.id === deviceId) return device.name;
    return undefined;
  };
}
