import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import type { DraftEditing } from '../draft/useDraft.ts';
import { SignaturesPanel } from './SignaturesPanel.tsx';
import { useDraftSigning } from './useDraftSigning.ts';

interface DraftSignaturesProps {
  readonly draft: Draft;
  readonly base: StateDocument;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onEntry: (key: string) => void;
}

/** The signatures of a draft, and the ways to make them. */
export function DraftSignatures({ draft, base, next, editing, onEntry }: DraftSignaturesProps) {
  const edits = useDraftSigning(editing);
  return (
    <SignaturesPanel
      of={{ kind: 'draft', draftId: draft.id }}
      state={next}
      base={base}
      stamp={String(draft.version)}
      edits={edits}
      onEntry={onEntry}
    />
  );
}
