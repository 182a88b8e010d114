import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { containersOf } from '../../../shared/state/containers.ts';
import { partLabel } from '../../../shared/state/parts.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import classes from './draft.module.css';
import { originOf } from './policyWords.ts';
import type { TreePart } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';

interface PartPaneProps {
  readonly part: TreePart;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
}

/** A part as a whole: what its container is, and taking all of it back or out. */
export function PartPane({ part: { part, entries, changes }, next, editing }: PartPaneProps) {
  const [asking, setAsking] = useState(false);
  const container = useMemo(
    () => (part.kind === 'container' ? containersOf(next).find((one) => one.name === part.name) : undefined),
    [next, part],
  );
  const touched = entries.filter((entry) => entry.change !== 'same' || entry.unfinished).map((entry) => entry.key);
  const remove = async () => {
    if (container === undefined) return;
    const result = await editing.edit((at) => client.draft.removeContainer({ ...at, container: container.name }));
    if (result.ok) setAsking(false);
  };
  return (
    <section className={classes.pane} aria-label={partLabel(part)}>
      <header className={classes.paneHead}>
        <h2 className={classes.paneTitle}>{part.kind === 'root' ? strings.noPart : partLabel(part)}</h2>
        <span className={classes.dim}>{strings.entryCount(entries.length, changes)}</span>
        <span className={classes.spring} />
        {touched.length > 0 && (
          <Button size="compact-xs" onClick={() => void editing.edit((at) => client.draft.revert({ ...at, keys: touched }))}>
            {strings.revertAll(touched.length)}
          </Button>
        )}
        {container !== undefined && (
          <Button size="compact-xs" onClick={() => setAsking(true)}>
            {strings.removeContainer}
          </Button>
        )}
      </header>
      {container !== undefined && (
        <dl className={classes.facts}>
          <dt>{strings.policy}</dt>
          <dd>
            {container.restartPolicy.policy} <span className={classes.dim}>({originOf(container.restartPolicy)})</span>
          </dd>
          <dt>{strings.group}</dt>
          <dd>{container.group ?? strings.noGroup}</dd>
          <dt>{strings.goal}</dt>
          <dd>{container.statusGoal}</dd>
          <dt>{strings.roles}</dt>
          <dd>{container.roles.length === 0 ? strings.noRoles : container.roles.join(', ')}</dd>
          <dt>{strings.rootVolume}</dt>
          <dd>
            <code>{container.rootVolume ?? strings.unknown}</code>
          </dd>
        </dl>
      )}
      <ConfirmDialog
        opened={asking}
        title={strings.removeContainerTitle(partLabel(part))}
        confirm={strings.removeContainerConfirm}
        dangerous
        busy={editing.pending > 0}
        problem={editing.problem}
        onConfirm={() => void remove()}
        onClose={() => setAsking(false)}
      >
        <p>{strings.removeContainerText(entries.length)}</p>
      </ConfirmDialog>
    </section>
  );
}
