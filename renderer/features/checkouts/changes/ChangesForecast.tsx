import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { ForecastBar } from '../../compare/forecast/ForecastBar.tsx';
import classes from './changes.module.css';
import type { CommitToWorking } from './useCommitToWorking.ts';

interface ChangesForecastProps {
  readonly view: CheckoutView;
  readonly move: CommitToWorking;
  readonly onEntry: (key: string) => void;
}

/** What the changes will do to a device that runs what is committed, in one sentence; why there is none where there is none. */
export function ChangesForecast({ view, move, onEntry }: ChangesForecastProps) {
  const broken = view.problems[0];
  if (view.commit === undefined) return <p className={classes.noForecast}>{strings.noForecast}</p>;
  if (broken !== undefined && view.workingSha === undefined) {
    return <p className={classes.noForecast}>{strings.brokenNote(broken.path)}</p>;
  }
  if (view.changes === 0) return null;
  return (
    <div className={classes.forecast}>
      <ForecastBar view={move.view} onEntry={onEntry} />
    </div>
  );
}
