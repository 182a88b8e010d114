import { NativeSelect } from '@mantine/core';
import type { Container } from '../../../shared/state/containers.ts';
import type { GroupsInForce } from '../../../shared/state/groups.ts';
import { client } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import classes from './draft.module.css';
import type { DraftEditing } from './useDraft.ts';

interface GroupChoiceProps {
  readonly container: Container;
  readonly groups: GroupsInForce;
  readonly editing: DraftEditing;
}

/** The value that leaves the group to the device's defaults; no group has it as its name. */
const inherited = '';

/** A container's group: one of those in force, or what the device gives to a container that names none. */
export function GroupChoice({ container, groups, editing }: GroupChoiceProps) {
  const own = container.groupFrom === 'own' || container.groupFrom === 'runlevel';
  const choose = (name: string) =>
    void editing.edit((at) =>
      client.draft.setGroup({ ...at, container: container.name, group: name === inherited ? null : name }),
    );
  return (
    <NativeSelect
      size="xs"
      className={classes.groupChoice}
      aria-label={strings.groupOf(container.name)}
      value={own ? (container.group ?? inherited) : inherited}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value={inherited}>{own ? strings.groupInherit : strings.groupInherited(container.group ?? strings.noGroup)}</option>
      {groups.groups.map(({ name }) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </NativeSelect>
  );
}
