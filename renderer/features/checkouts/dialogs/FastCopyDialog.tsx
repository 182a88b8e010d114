import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { DeviceId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';
import { client } from '../../../rpc.ts';
import { fastCopyStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { DeviceSelect, OriginFields } from '../origin/OriginFields.tsx';
import classes from '../origin/origin.module.css';
import { formOf, originOf } from '../origin/originForm.ts';
import { useOwnWork } from '../work/useOwnWork.ts';
import { WorkDialog } from './WorkDialog.tsx';

interface Pair {
  readonly key: number;
  readonly from: string;
  readonly to: string;
}

/** Copies parts of one device's state into a draft of another, with their objects. */
export function FastCopyDialog({ from, onClose }: { from: DeviceId | undefined; onClose: () => void }) {
  const [, navigate] = useLocation();
  const devices = useFleet().data?.devices;
  const [form, setForm] = useState(() =>
    formOf(from === undefined ? undefined : { kind: 'device', deviceId: from, revision: 'current' }),
  );
  const [to, setTo] = useState('');
  const [pairs, setPairs] = useState<readonly Pair[]>([]);
  const [merge, setMerge] = useState(false);
  const own = useOwnWork(({ draftId, deviceId }) => {
    onClose();
    if (draftId !== undefined && deviceId !== undefined) navigate(paths.draft(deviceId, draftId));
  });
  const origin = originOf(form);
  const target = DeviceId.safeParse(to);
  const same = origin?.kind === 'device' && origin.deviceId === to;
  const unnamed = pairs.some((pair) => pair.from.trim() === '');
  const change = (key: number, part: Partial<Pair>) =>
    setPairs((before) => before.map((pair) => (pair.key === key ? { ...pair, ...part } : pair)));
  const copy = () => {
    if (origin === undefined || !target.success) return;
    const named = pairs.map((pair) => ({
      from: pair.from.trim(),
      to: pair.to.trim() === '' ? pair.from.trim() : pair.to.trim(),
    }));
    own.start(strings.work(devices?.get(target.data)?.name ?? ''), (options) =>
      client.checkout.fastCopy({ from: origin, to: target.data, pairs: named, merge }, options),
    );
  };
  return (
    <WorkDialog
      title={strings.title}
      confirm={strings.copy}
      disabled={origin === undefined || !target.success || same || unnamed}
      own={own}
      onConfirm={copy}
      onClose={onClose}
    >
      <p>{strings.text}</p>
      <OriginFields form={form} onChange={setForm} />
      <div>
        <DeviceSelect label={strings.to} placeholder={strings.toPlaceholder} value={to} onChange={setTo} />
        {same && <p className={classes.dim}>{strings.same}</p>}
      </div>
      <div className={classes.fields}>
        <div>
          <span className={classes.label}>{strings.pairs}</span>
          {pairs.length === 0 && <p className={classes.dim}>{strings.all}</p>}
        </div>
        {pairs.map((pair, index) => (
          <div key={pair.key} className={classes.pair}>
            <TextInput
              aria-label={strings.partFrom}
              {...(index === 0 ? { label: strings.partFrom } : {})}
              value={pair.from}
              spellCheck={false}
              onChange={(event) => change(pair.key, { from: event.currentTarget.value })}
            />
            <TextInput
              aria-label={strings.partTo}
              {...(index === 0 ? { label: strings.partTo } : {})}
              placeholder={pair.from}
              value={pair.to}
              spellCheck={false}
              onChange={(event) => change(pair.key, { to: event.currentTarget.value })}
            />
            <ActionIcon
              size={30}
              aria-label={strings.remove(pair.from)}
              title={strings.remove(pair.from)}
              onClick={() => setPairs((before) => before.filter(({ key }) => key !== pair.key))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <Button
          style={{ alignSelf: 'flex-start' }}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() =>
            setPairs((before) => [...before, { key: Math.max(0, ...before.map(({ key }) => key)) + 1, from: '', to: '' }])
          }
        >
          {strings.add}
        </Button>
      </div>
      <Checkbox
        label={strings.merge}
        description={strings.mergeHint}
        checked={merge}
        onChange={(event) => setMerge(event.currentTarget.checked)}
      />
    </WorkDialog>
  );
}
