import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { Link, useParams } from 'wouter';
import { DraftId } from '../../../shared/contract/ids.ts';
import { type ParsedState, parseState } from '../../../shared/state/state.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/draft.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { DraftWorkspace } from './DraftWorkspace.tsx';
import classes from './draft.module.css';
import { useDraft } from './useDraft.ts';

/** A state being edited: its entries, what the move to it would do, and the restart policies in one table. */
export function DraftScreen() {
  const { id, draftId } = useParams<{ id: string; draftId: string }>();
  const parsed = DraftId.safeParse(draftId);
  const editing = useDraft(parsed.success ? parsed.data : undefined);
  const { draft } = editing;
  const base = useParsed(draft?.base.text);
  const next = useParsed(draft?.text);

  if (editing.gone !== undefined) {
    return (
      <div className={classes.alone}>
        <ProblemPanel problem={editing.gone}>
          <Button component={Link} href={paths.device(id)}>
            {strings.gone}
          </Button>
        </ProblemPanel>
      </div>
    );
  }
  if (draft === undefined || base === undefined || next === undefined) return <ScreenLoading />;
  const broken = [base, next].find((one) => !one.ok);
  if (!base.ok || !next.ok) {
    return (
      <p className={classes.alone}>
        {strings.unreadable}: {broken?.ok === false ? broken.reason : ''}
      </p>
    );
  }
  return <DraftWorkspace key={draft.id} draft={draft} base={base.state} next={next.state} editing={editing} />;
}

function useParsed(text: string | undefined): ParsedState | undefined {
  return useMemo(() => (text === undefined ? undefined : parseState(text)), [text]);
}
