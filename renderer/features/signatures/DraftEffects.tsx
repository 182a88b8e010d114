import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconSignature } from '@tabler/icons-react';
import { useDeferredValue, useMemo, useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { usePaletteActions } from '../../stores/palette.ts';
import { strings } from '../../strings/signatures.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import type { DraftEditing } from '../draft/useDraft.ts';
import { SignDialog } from './SignDialog.tsx';
import type { SignatureRow } from './signatureRows.ts';
import classes from './signatures.module.css';
import { useDraftSigning } from './useDraftSigning.ts';
import { useSignatures } from './useSignatures.ts';

interface DraftEffectsProps {
  readonly draft: Draft;
  readonly base: StateDocument;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  /** Shows all signatures. */
  readonly onShow: () => void;
}

/** What the draft does to signatures, at once while somebody types; nothing where it does nothing. */
export function DraftEffects({ draft, base, next, editing, onShow }: DraftEffectsProps) {
  // The state and the version that names it stay together, or a report would be taken for another state's.
  const { state, stamp } = useDeferredValue(
    useMemo(() => ({ state: next, stamp: String(draft.version) }), [next, draft.version]),
  );
  const of = { kind: 'draft', draftId: draft.id } as const;
  const { rows, coverage, sinceBase } = useSignatures(of, state, base, stamp);
  const edits = useDraftSigning(editing);
  const [again, setAgain] = useState<readonly string[]>();
  usePaletteActions(
    'draft signatures',
    useMemo(() => [{ id: 'signatures', label: strings.show, icon: IconSignature, run: onShow }], [onShow]),
  );
  const touched = new Set([...(sinceBase?.signedAgain ?? []), ...(sinceBase?.added ?? [])]);
  const broken = rows.filter(
    (row): row is SignatureRow =>
      row.kind === 'signature' && row.verdict === 'broken' && (row.brokenBy.length > 0 || touched.has(row.name)),
  );
  const { gone = [], losesCoverage = [], newUncovered = [] } = sinceBase ?? {};
  const remarks = [
    ...(gone.length > 0 ? [strings.gone(gone)] : []),
    ...(losesCoverage.length > 0 ? [strings.losesCoverage(losesCoverage.length)] : []),
    ...(newUncovered.length > 0 ? [strings.newUncovered(newUncovered.length)] : []),
  ];
  if (broken.length === 0 && remarks.length === 0 && again === undefined) return null;
  return (
    <section className={classes.effects} aria-label={strings.title}>
      <ul>
        {broken.map((row) => (
          <li key={row.id} className={`${classes.told} ${toneClass('refused')}`}>
            <IconCircleX size={14} aria-hidden />
            <span>
              {strings.thisEdit}
              <strong>{row.name}</strong>
              {row.brokenBy.length > 0 && strings.byKeys(row.brokenBy)}
            </span>
          </li>
        ))}
        {remarks.map((text) => (
          <li key={text} className={`${classes.told} ${toneClass('reboot')}`}>
            <IconAlertTriangle size={14} aria-hidden />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        {broken.length > 0 && <Button onClick={() => setAgain(broken.map(({ name }) => name))}>{strings.signAgain}</Button>}
        <Button variant="subtle" onClick={onShow}>
          {strings.title}
        </Button>
      </div>
      {again !== undefined && (
        <SignDialog of={of} state={next} coverage={coverage} edits={edits} again={again} onClose={() => setAgain(undefined)} />
      )}
    </section>
  );
}
