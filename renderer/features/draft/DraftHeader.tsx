import { Button, SegmentedControl } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { GatedButton } from '../../ui/GatedButton.tsx';
import classes from './draft.module.css';
import type { TreePart } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';

/** `changes` has a column of its own where there is room. */
export type DraftTab = 'entries' | 'changes' | 'policies';

interface DraftHeaderProps {
  readonly draft: Draft;
  readonly parts: readonly TreePart[];
  readonly editing: DraftEditing;
  readonly tab: DraftTab;
  readonly tabs: readonly DraftTab[];
  readonly onTab: (tab: string | undefined) => void;
}

/** What the draft is of, whether it is saved, and the ways out of it: post, compare, discard. */
export function DraftHeader({ draft, parts, editing, tab, tabs, onTab }: DraftHeaderProps) {
  const [, navigate] = useLocation();
  const [asking, setAsking] = useState(false);
  const discard = useMutation(orpc.draft.discard.mutationOptions({ onSuccess: () => navigate(paths.device(draft.deviceId)) }));
  const changes = parts.reduce((sum, part) => sum + part.changes, 0);
  const blocked =
    Object.keys(draft.unfinished).length > 0
      ? strings.cantPostUnfinished
      : draft.text === draft.base.text
        ? strings.cantPost
        : undefined;
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>
        {strings.title} <code>{draft.base.revision}</code>
      </h1>
      <span className={classes.saved} role="status">
        {editing.pending > 0 ? (
          strings.saving
        ) : (
          <>
            <IconCheck size={14} aria-hidden /> {strings.saved}
          </>
        )}
      </span>
      <SegmentedControl
        aria-label={strings.view}
        value={tab}
        onChange={(next) => onTab(next === 'entries' ? undefined : next)}
        data={tabs.map((value) => ({ value, label: strings.tabs[value] }))}
      />
      <span className={classes.spring} />
      <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
        {strings.discard}
      </Button>
      <Button component={Link} href={paths.compare(draft.deviceId, draft.base.revision, `draft:${draft.id}`)}>
        {strings.compare}
      </Button>
      {blocked === undefined ? (
        <Button variant="filled" component={Link} href={paths.post(draft.deviceId, draft.id)}>
          {strings.post}
        </Button>
      ) : (
        <GatedButton variant="filled" reason={blocked} onClick={() => {}}>
          {strings.post}
        </GatedButton>
      )}
      <ConfirmDialog
        opened={asking}
        title={strings.discardTitle}
        confirm={strings.discardConfirm}
        dangerous
        busy={discard.isPending}
        problem={discard.error === null ? undefined : problemOf(discard.error)}
        onConfirm={() => discard.mutate({ draftId: draft.id })}
        onClose={() => setAsking(false)}
      >
        <p>{strings.discardText(changes)}</p>
      </ConfirmDialog>
    </header>
  );
}
