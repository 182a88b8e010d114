import type { Container } from '../../../shared/state/containers.ts';
import type { GroupsInForce } from '../../../shared/state/groups.ts';
import { strings } from '../../strings/draft.ts';
import classes from './draft.module.css';

interface GroupsTableProps {
  readonly groups: GroupsInForce;
  readonly containers: readonly Container[];
}

/** The groups in force, in the order in which the device starts them, and who is in each. */
export function GroupsTable({ groups, containers }: GroupsTableProps) {
  return (
    <section aria-labelledby="draft-groups">
      <h2 id="draft-groups" className={classes.panelTitle}>
        {strings.groups} <span className={classes.dim}>{strings.groupsFrom[groups.from]}</span>
      </h2>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{strings.group}</th>
            <th scope="col">{strings.policy}</th>
            <th scope="col">{strings.goal}</th>
            <th scope="col" className={classes.number}>
              {strings.timeout}
            </th>
            <th scope="col">{strings.members}</th>
          </tr>
        </thead>
        <tbody>
          {groups.groups.map((group) => (
            <tr key={group.name}>
              <th scope="row" title={group.description}>
                {group.name}
              </th>
              <td>{group.restartPolicy}</td>
              <td>{group.statusGoal}</td>
              <td className={classes.number}>
                {group.timeoutSeconds === undefined ? '' : strings.seconds(group.timeoutSeconds)}
              </td>
              <td>
                {containers
                  .filter((container) => container.group === group.name)
                  .map((container) => container.name)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
