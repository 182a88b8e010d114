import { Button } from '@mantine/core';
import { IconCloud, IconNetwork } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { UpdateView } from '../../../shared/contract/update.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/update.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { HubOrders } from './HubOrders.tsx';
import classes from './update.module.css';

interface UpdateHeaderProps {
  readonly update: UpdateView;
  readonly device: DeviceSummary | undefined;
}

/** What is being done to which device, and what can be done about it now. */
export function UpdateHeader({ update, device }: UpdateHeaderProps) {
  const [asking, setAsking] = useState(false);
  const cancellable = (update.phase === 'uploading' || update.phase === 'interrupted') && update.postedAt === undefined;
  const target = { updateId: update.id };
  // A post that came too late uploads nothing any more.
  const isLate = update.problem?.code === 'CONFLICT';
  const uploads = update.kind === 'post' && !isLate && update.upload?.endedAt === undefined;
  const words = !uploads ? strings.cancelUpdate : update.via === 'hub' ? strings.cancelHub : strings.cancelUpload;
  const cancel = useMutation(orpc.update.cancel.mutationOptions({ onSuccess: () => setAsking(false) }));
  const resume = useMutation(orpc.update.resume.mutationOptions());
  return (
    <>
      <header className={classes.header}>
        <h1 className={classes.title}>
          {strings.headings[update.kind]} <code className={classes.revision}>{update.revision}</code>
          {device !== undefined && (
            <>
              {' on '}
              <Link href={paths.device(update.deviceId)}>{device.name}</Link>
            </>
          )}
        </h1>
        <PhaseBadge update={update} />
        {update.kind === 'post' && <Direction via={update.via} />}
        <span className={classes.spring} />
        <HubOrders update={update} />
        {cancellable && <Button onClick={() => setAsking(true)}>{words.button}</Button>}
        {update.phase === 'interrupted' && update.problem?.quicker === undefined && (
          <Button variant="filled" loading={resume.isPending} onClick={() => resume.mutate(target)}>
            {strings.resume}
          </Button>
        )}
      </header>
      {update.message !== '' && <p className={classes.commit}>{update.message}</p>}
      {update.phase === 'interrupted' && update.problem?.quicker === undefined && (
        <p className={classes.commit}>{strings.interrupted}</p>
      )}
      {update.phase === 'cancelled' && <p className={classes.commit}>{strings.cancelled}</p>}
      {resume.error !== null && <ProblemPanel problem={problemOf(resume.error)} />}
      <ConfirmDialog
        // What it says is true only until the revision is posted; a problem is read to its end.
        opened={asking && (cancellable || cancel.isPending || cancel.error !== null)}
        title={words.title}
        confirm={words.confirm}
        dangerous
        busy={cancel.isPending}
        problem={cancel.error === null ? undefined : problemOf(cancel.error)}
        onConfirm={() => cancel.mutate(target)}
        onClose={() => setAsking(false)}
      >
        <p>{words.text}</p>
      </ConfirmDialog>
    </>
  );
}

function Direction({ via }: { via: UpdateView['via'] }) {
  const Icon = via === 'hub' ? IconCloud : IconNetwork;
  return (
    <span className={classes.direction}>
      <Icon size={14} aria-hidden /> {strings.via[via]}
    </span>
  );
}

const phaseMeaning: { readonly [Phase in UpdateView['phase']]: Meaning } = {
  uploading: 'moving',
  posting: 'moving',
  moving: 'moving',
  interrupted: 'warning',
  ended: 'none',
  cancelled: 'none',
};

function PhaseBadge({ update }: { update: UpdateView }) {
  const last = update.reports.at(-1);
  if ((update.phase === 'moving' || update.phase === 'ended') && last !== undefined) {
    return <StatusBadge status={last.status} message={last.message} />;
  }
  return <MeaningBadge meaning={phaseMeaning[update.phase]}>{strings.phases[update.phase]}</MeaningBadge>;
}
