import { Button, Group, Modal } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Draft, RebaseConflict } from '../../../../shared/contract/draft.ts';
import { orpc, problemOf } from '../../../rpc.ts';
import { strings } from '../../../strings/rebase.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { Conflicts } from './Conflicts.tsx';
import classes from './rebase.module.css';
import { type Sides, stillFor, undecided } from './sides.ts';

interface RebaseDialogProps {
  readonly draft: Draft;
  /** The revision that the draft is moved onto. */
  readonly onto: string;
  readonly onRebased: (draft: Draft) => void;
  readonly onClose: () => void;
}

const none: readonly RebaseConflict[] = [];

/** Moves a draft onto another revision: what only one side changed goes by itself, what both changed is asked. */
export function RebaseDialog({ draft, onto, onRebased, onClose }: RebaseDialogProps) {
  const [sides, setSides] = useState<Sides>({});
  const plan = useQuery({
    ...orpc.draft.rebasePlan.queryOptions({ input: { draftId: draft.id, revision: onto }, staleTime: 0 }),
    // Of this version of the draft; an edit elsewhere makes another.
    queryKey: ['rebase plan', draft.id, draft.version, onto],
  });
  const conflicts = plan.data?.conflicts ?? none;
  const before = useRef(none);
  useEffect(() => {
    setSides((now) => stillFor(before.current, conflicts, now));
    before.current = conflicts;
  }, [conflicts]);
  const rebase = useMutation(orpc.draft.rebase.mutationOptions({ onSuccess: onRebased }));
  const open = undecided(conflicts, sides);
  return (
    <Modal
      opened
      onClose={onClose}
      size={conflicts.length > 0 ? 1080 : 640}
      title={strings.title(draft.base.revision, onto)}
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <div className={classes.dialog}>
        <p>{strings.text(onto)}</p>
        {plan.error !== null && (
          <ProblemPanel problem={problemOf(plan.error)}>
            <Button loading={plan.isFetching} onClick={() => void plan.refetch()}>
              {strings.again}
            </Button>
          </ProblemPanel>
        )}
        {plan.data === undefined && plan.error === null && <p className={classes.dim}>{strings.planning}</p>}
        {plan.data !== undefined && (
          <>
            <Keys title={strings.mine(plan.data.mine.length)} keys={plan.data.mine} />
            <Keys title={strings.theirs(onto, plan.data.theirs.length)} keys={plan.data.theirs} />
            {conflicts.length === 0 ? (
              <p>{plan.data.mine.length === 0 ? strings.nothing : strings.noConflicts}</p>
            ) : (
              <Conflicts conflicts={conflicts} onto={onto} sides={sides} onChange={setSides} />
            )}
          </>
        )}
        {rebase.error !== null && <ProblemPanel problem={problemOf(rebase.error)} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <GatedButton
            variant="filled"
            loading={rebase.isPending}
            reason={plan.data === undefined ? strings.planning : open.length > 0 ? strings.toDecide(open.length) : undefined}
            onClick={() => rebase.mutate({ draftId: draft.id, version: draft.version, revision: onto, sides: { ...sides } })}
          >
            {strings.rebase}
          </GatedButton>
        </Group>
      </div>
    </Modal>
  );
}

function Keys({ title, keys }: { title: string; keys: readonly string[] }) {
  if (keys.length === 0) return null;
  return (
    <details>
      <summary className={classes.summary}>{title}</summary>
      <ul className={classes.keys}>
        {keys.map((key) => (
          <li key={key}>
            <code>{key}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
