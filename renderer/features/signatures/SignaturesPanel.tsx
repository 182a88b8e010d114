import { Button } from '@mantine/core';
import { IconSignature } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { SignedState } from '../../../shared/contract/signature.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client, problemOf } from '../../rpc.ts';
import { type PaletteAction, usePaletteActions } from '../../stores/palette.ts';
import { strings } from '../../strings/signatures.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../ui/SplitPane.tsx';
import { VirtualTable } from '../../ui/VirtualTable.tsx';
import { ExternalDialog } from './ExternalDialog.tsx';
import { GroupDetails } from './GroupDetails.tsx';
import { SignatureDetails } from './SignatureDetails.tsx';
import { SignDialog } from './SignDialog.tsx';
import { signatureColumns } from './signatureColumns.tsx';
import type { SignatureEdits } from './signatureEdits.ts';
import { brokenNames, type Row } from './signatureRows.ts';
import classes from './signatures.module.css';
import { useSignatures } from './useSignatures.ts';

export interface SignaturesPanelProps {
  readonly of: SignedState;
  /** The state itself, as it is shown now. */
  readonly state: StateDocument;
  /** What it was before somebody edited it. */
  readonly base?: StateDocument | undefined;
  /** Names this state: the backend is asked again when it is another one. */
  readonly stamp: string;
  /** How its signatures are changed; absent where they can only be looked at. */
  readonly edits?: SignatureEdits | undefined;
  /** Shows an entry where it is edited. */
  readonly onEntry?: ((key: string) => void) | undefined;
}

type OpenDialog =
  | { readonly kind: 'sign' }
  | { readonly kind: 'again'; readonly names: readonly string[] }
  | { readonly kind: 'elsewhere' };

/** The signatures of a state: each with its verdict, its signer and its entries, what none covers, and the ways to sign. */
export function SignaturesPanel({ of, state, base, stamp, edits, onEntry }: SignaturesPanelProps) {
  const { rows, coverage, error } = useSignatures(of, state, base, stamp);
  const [selected, setSelected] = useState<string>();
  const [dialog, setDialog] = useState<OpenDialog>();
  const [problem, setProblem] = useState<KnownProblem>();
  const broken = useMemo(() => brokenNames(rows), [rows]);
  const row = rows.find(({ id }) => id === selected);
  const close = () => setSelected(undefined);
  const canEdit = edits !== undefined;
  const actions = useMemo(
    (): readonly PaletteAction[] =>
      canEdit
        ? [
            { id: 'sign-part', label: strings.signPart, icon: IconSignature, run: () => setDialog({ kind: 'sign' }) },
            ...(broken.length === 0
              ? []
              : [
                  {
                    id: 'sign-again',
                    label: strings.signAllAgain(broken.length),
                    icon: IconSignature,
                    run: () => setDialog({ kind: 'again', names: broken }),
                  },
                ]),
            { id: 'sign-elsewhere', label: strings.external, icon: IconSignature, run: () => setDialog({ kind: 'elsewhere' }) },
          ]
        : [],
    [canEdit, broken],
  );
  usePaletteActions('signatures', actions);
  const shown = problem ?? (error === null ? undefined : problemOf(error));

  const remove = async (name: string) => {
    if (edits === undefined) return;
    const said = of.kind === 'checkout' ? strings.removedFile(name) : strings.removed(name);
    setProblem(
      await edits.run(said, (version) =>
        client.signature.removeSignature({ of, name, ...(version !== undefined && { version }) }),
      ),
    );
  };

  return (
    <section className={classes.panel} aria-label={strings.title}>
      {(edits !== undefined || coverage.signatures.length > 0) && (
        <div className={classes.bar}>
          <span className={classes.summary}>
            {coverage.signatures.length > 0 && summaryOf(rows, coverage.signatures.length, coverage.protected.length)}
          </span>
          <span className={classes.spring} />
          {edits !== undefined && (
            <>
              {broken.length > 0 && (
                <Button
                  variant="filled"
                  leftSection={<IconSignature size={14} aria-hidden />}
                  onClick={() => setDialog({ kind: 'again', names: broken })}
                >
                  {strings.signAllAgain(broken.length)}
                </Button>
              )}
              <Button onClick={() => setDialog({ kind: 'elsewhere' })}>{strings.external}</Button>
              <Button onClick={() => setDialog({ kind: 'sign' })}>{strings.signPart}</Button>
            </>
          )}
        </div>
      )}
      {shown !== undefined && (
        <div className={classes.problem}>
          <ProblemPanel problem={shown} />
        </div>
      )}
      <div className={classes.rest}>
        {rows.length === 0 ? (
          <EmptyState sentence={edits === undefined ? strings.noneReadOnly : strings.none} />
        ) : (
          <SplitPane
            name="signatures"
            label={strings.listWidth}
            fixed="second"
            defaultWidth={460}
            first={
              <VirtualTable
                label={strings.list}
                rows={rows}
                columns={signatureColumns}
                rowKey={({ id }) => id}
                selected={selected}
                onSelect={setSelected}
              />
            }
            second={
              row === undefined ? undefined : row.kind === 'group' ? (
                <GroupDetails row={row} coverage={coverage} onEntry={onEntry} onClose={close} />
              ) : (
                <SignatureDetails
                  row={row}
                  state={state}
                  onEntry={onEntry}
                  onClose={close}
                  {...(edits !== undefined && {
                    onSignAgain: () => setDialog({ kind: 'again', names: [row.name] }),
                    onRemove: () => void remove(row.name),
                  })}
                />
              )
            }
          />
        )}
      </div>
      {edits !== undefined && dialog?.kind === 'elsewhere' && (
        <ExternalDialog
          of={of}
          state={state}
          coverage={coverage}
          edits={edits}
          selected={row?.kind === 'signature' ? row.name : undefined}
          onClose={() => setDialog(undefined)}
        />
      )}
      {edits !== undefined && (dialog?.kind === 'sign' || dialog?.kind === 'again') && (
        <SignDialog
          of={of}
          state={state}
          coverage={coverage}
          edits={edits}
          {...(dialog.kind === 'again' && { again: dialog.names })}
          onClose={() => setDialog(undefined)}
        />
      )}
    </section>
  );
}

function summaryOf(rows: readonly Row[], signatures: number, covered: number): string {
  const unsigned = rows.find((row) => row.kind === 'group' && row.group === 'unsigned');
  return strings.summary(signatures, covered, unsigned?.kind === 'group' ? unsigned.keys.length : 0);
}
