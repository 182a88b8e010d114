import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/policies.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { useFleet } from '../fleet/useFleet.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { FleetPoliciesView } from './FleetPoliciesView.tsx';
import classes from './policies.module.css';

/** The restart policies of the whole fleet: which holds for each container of each device, and where it comes from. */
export function PoliciesScreen() {
  const fleet = useFleet();
  const live = useLive(orpc.states.policies, undefined);
  const problem = live.error ?? fleet.error;
  if (live.data === undefined || fleet.data === undefined) {
    if (problem === null) return <ScreenLoading />;
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problemOf(problem)} />
      </div>
    );
  }
  if (fleet.data.complete && fleet.data.devices.size === 0) {
    return (
      <EmptyState sentence={strings.noDevices}>
        <Button component={Link} href={paths.fleet()}>
          {strings.toFleet}
        </Button>
      </EmptyState>
    );
  }
  return <FleetPoliciesView policies={live.data} devices={fleet.data.devices} />;
}
