import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/post.ts';
import { RebaseDialog } from '../draft/rebase/RebaseDialog.tsx';
import { Notice } from './HubNotices.tsx';
import { movedTo } from './hubWords.ts';
import classes from './post.module.css';

interface MovedOnProps {
  readonly draft: Draft;
  readonly plan: PostPlan;
  readonly onRebased: () => void;
}

/** Something else runs, or was posted, since the draft was begun: what that means, and the way to take it in. */
export function MovedOn({ draft, plan, onRebased }: MovedOnProps) {
  const [rebasing, setRebasing] = useState(false);
  const onto = movedTo(draft, plan);
  if (onto === undefined) return null;
  const { head } = plan.hub ?? {};
  return (
    <Notice>
      <p>
        {onto === head?.revision && onto !== plan.running
          ? strings.postedSince(onto, draft.base.revision)
          : strings.moved(onto, draft.base.revision)}
      </p>
      <div className={classes.noticeButtons}>
        <Button onClick={() => setRebasing(true)}>{strings.rebase(onto)}</Button>
        <Link href={paths.compare(draft.deviceId, onto, `draft:${draft.id}`)}>{strings.compareMoved(onto)}</Link>
      </div>
      {rebasing && (
        <RebaseDialog
          draft={draft}
          onto={onto}
          onClose={() => setRebasing(false)}
          onRebased={() => {
            setRebasing(false);
            onRebased();
          }}
        />
      )}
    </Notice>
  );
}
