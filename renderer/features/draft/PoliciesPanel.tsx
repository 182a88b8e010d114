import { useMemo, useState } from 'react';
import { type Container, containersOf, type OwnPolicy } from '../../../shared/state/containers.ts';
import { type FlipConsequences, flipConsequences } from '../../../shared/state/flip.ts';
import { type GroupsInForce, groupsOf } from '../../../shared/state/groups.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import classes from './draft.module.css';
import { GroupChoice } from './GroupChoice.tsx';
import { GroupsTable } from './GroupsTable.tsx';
import { originOf } from './policyWords.ts';
import type { DraftEditing } from './useDraft.ts';

interface PoliciesPanelProps {
  readonly base: StateDocument;
  readonly next: StateDocument;
  /** What the device moves from. */
  readonly running: StateDocument;
  readonly editing: DraftEditing;
}

const choices: readonly { readonly value: OwnPolicy; readonly label: string }[] = [
  { value: 'inherit', label: strings.inherit },
  { value: 'container', label: strings.policyContainer },
  { value: 'system', label: strings.policySystem },
];

/** Container × inherit, container, system: which policy each has, where it comes from, and what a flip does now and later. */
export function PoliciesPanel({ base, next, running, editing }: PoliciesPanelProps) {
  const containers = useMemo(() => containersOf(next), [next]);
  const before = useMemo(() => new Map(containersOf(base).map((one) => [one.name, one])), [base]);
  const groups = useMemo(() => groupsOf(next), [next]);
  return (
    <div className={classes.policies}>
      <p className={classes.intro}>{strings.policiesIntro}</p>
      {containers.length === 0 ? (
        <p className={classes.note}>{strings.noContainers}</p>
      ) : (
        <table className={classes.table} aria-label={strings.tabs.policies}>
          <thead>
            <tr>
              <th scope="col">{strings.container}</th>
              <th scope="col">{strings.policy}</th>
              <th scope="col">{strings.group}</th>
              <th scope="col">{strings.effective}</th>
              <th scope="col">{strings.now}</th>
              <th scope="col">{strings.later}</th>
            </tr>
          </thead>
          <tbody>
            {containers.map((container) => (
              <PolicyRow
                key={container.runKey}
                container={container}
                before={before.get(container.name)}
                groups={groups}
                consequences={flipConsequences(running, next, container.name)}
                editing={editing}
              />
            ))}
          </tbody>
        </table>
      )}
      <GroupsTable groups={groups} containers={containers} />
    </div>
  );
}

interface PolicyRowProps {
  readonly container: Container;
  readonly before: Container | undefined;
  readonly groups: GroupsInForce;
  readonly consequences: FlipConsequences;
  readonly editing: DraftEditing;
}

function PolicyRow({ container, before, groups, consequences, editing }: PolicyRowProps) {
  const [asked, setAsked] = useState<OwnPolicy>();
  const chosen = asked ?? container.ownPolicy;
  const flipped = before !== undefined && before.ownPolicy !== container.ownPolicy;
  const choose = async (policy: OwnPolicy) => {
    setAsked(policy);
    await editing.edit((at) => client.draft.setPolicy({ ...at, container: container.name, policy }));
    setAsked(undefined);
  };
  return (
    <tr>
      <th scope="row">
        {container.name}
        {container.srcKey === undefined && <p className={classes.dim}>{strings.noSrc}</p>}
      </th>
      <td>
        <fieldset className={classes.choices}>
          <legend className={classes.srOnly}>{strings.policyOf(container.name)}</legend>
          {choices.map(({ value, label }) => (
            <label key={value} className={classes.choice}>
              <input
                type="radio"
                name={`policy-${container.runKey}`}
                value={value}
                checked={chosen === value}
                onChange={() => void choose(value)}
              />
              <span>{label}</span>
            </label>
          ))}
        </fieldset>
      </td>
      <td>
        <GroupChoice container={container} groups={groups} editing={editing} />
      </td>
      <td>
        <strong>{container.restartPolicy.policy}</strong> <span className={classes.dim}>{originOf(container.restartPolicy)}</span>
        {flipped && <p className={classes.dim}>{strings.inBase(before.restartPolicy.policy, originOf(before.restartPolicy))}</p>}
      </td>
      <td className={classes.words}>
        {consequences.now.effect === 'none' ? (
          <span className={classes.dim}>{strings.nothingNow}</span>
        ) : (
          <>
            <EffectBadge effect={consequences.now.effect} /> {consequences.now.words}
          </>
        )}
      </td>
      <td className={classes.words}>
        <Later consequences={consequences} flipped={flipped} />
      </td>
    </tr>
  );
}

/** A sentence for a container that was flipped, a word for the others. */
function Later({ consequences: { container, later }, flipped }: { consequences: FlipConsequences; flipped: boolean }) {
  if (later.effect === 'gone') return later.words;
  return (
    <>
      <EffectBadge effect={later.effect} />{' '}
      {flipped ? later.words : <span className={classes.dim}>{strings.laterShort[later.effect](container)}</span>}
    </>
  );
}
