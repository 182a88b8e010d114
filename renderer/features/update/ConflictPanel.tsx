import { Button } from '@mantine/core';
import { IconGitMerge } from '@tabler/icons-react';
import { skipToken, useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { QuickerPost } from '../../../shared/contract/errors.ts';
import type { UpdateView } from '../../../shared/contract/update.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/update.ts';
import { committerName } from '../../ui/committer.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { RebaseDialog } from '../draft/rebase/RebaseDialog.tsx';
import { giveBackMessage } from '../post/usePostWords.ts';
import classes from './update.module.css';

interface ConflictPanelProps {
  readonly update: UpdateView;
  readonly quicker: QuickerPost;
}

/** Somebody else posted first: who and what, and the way on with the draft. Nothing was posted, what was uploaded stays. */
export function ConflictPanel({ update, quicker }: ConflictPanelProps) {
  const { draftId, deviceId } = update;
  const [, navigate] = useLocation();
  const [rebasing, setRebasing] = useState(false);
  const draft = useLive(orpc.draft.watch, draftId === undefined ? skipToken : { draftId }).data;
  // The post that lost gives way to the one that follows from the rebased draft.
  const give = useMutation(
    orpc.update.cancel.mutationOptions({
      onSuccess: () => {
        if (draftId !== undefined) navigate(paths.post(deviceId, draftId));
      },
    }),
  );
  useEffect(() => {
    if (draftId !== undefined) giveBackMessage(draftId, update.message);
  }, [draftId, update.message]);
  const { committer, message, at, revision } = quicker;
  return (
    <section className={classes.conflict} aria-labelledby="update-conflict">
      <h2 id="update-conflict" className={classes.conflictTitle}>
        <IconGitMerge size={18} aria-hidden />
        {strings.quicker(committer === undefined || committer === '' ? strings.somebody : committerName(committer), revision)}
      </h2>
      <p>
        {message === '' ? strings.noMessage : <q className={classes.quoted}>{message}</q>}{' '}
        {at !== undefined && (
          <span className={classes.dim}>
            <RelativeTime at={at} />
          </span>
        )}
      </p>
      <p>{strings.quickerText}</p>
      <div className={classes.actions}>
        {draft !== undefined && (
          <>
            <Button variant="filled" loading={give.isPending} onClick={() => setRebasing(true)}>
              {strings.rebaseDraft}
            </Button>
            <Button component={Link} href={paths.compare(deviceId, revision, `draft:${draft.id}`)}>
              {strings.compareTheirs}
            </Button>
            <Button component={Link} href={paths.draft(deviceId, draft.id)}>
              {strings.openDraft}
            </Button>
          </>
        )}
      </div>
      {give.error !== null && <ProblemPanel problem={problemOf(give.error)} />}
      {rebasing && draft !== undefined && (
        <RebaseDialog
          draft={draft}
          onto={revision}
          onClose={() => setRebasing(false)}
          onRebased={() => {
            setRebasing(false);
            give.mutate({ updateId: update.id });
          }}
        />
      )}
    </section>
  );
}
