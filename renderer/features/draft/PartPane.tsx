import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { containersOf } from '../../../shared/state/containers.ts';
import { partLabel } from '../../../shared/state/parts.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import classes from './draft.module.css';
import { originOf } from './policyWords.ts';
import type { TreePart } from './tree.ts';
import type { DraftEditing } from './useDraft.ts';
import type { DraftSteps } from './useHistory.ts';

interface PartPaneProps {
  readonly part: TreePart;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly steps: DraftSteps;
}

/** A part as a whole: what its container is, and taking all of it back or out. */
export function PartPane({ part: { part, entries, changes }, next, editing, steps }: PartPaneProps) {
  const container = useMemo(
    () => (part.kind === 'container' ? containersOf(next).find((one) => one.name === part.name) : undefined),
    [next, part],
  );
  const touched = entries.filter((entry) => entry.change !== 'same' || entry.unfinished).map((entry) => entry.key);
  const remove = () => {
    if (container === undefined) return;
    const { name } = container;
    void steps.editWithUndo(strings.removedContainer(name, entries.length), (at) =>
      client.draft.removeContainer({ ...at, container: name }),
    );
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
          <Button size="compact-xs" onClick={remove}>
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
    </section>
  );
}
