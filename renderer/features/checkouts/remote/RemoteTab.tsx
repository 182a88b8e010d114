import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { remoteStrings as strings } from '../../../strings/checkoutTabs.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { PlanPane } from './PlanPane.tsx';
import { RemotesForm } from './RemotesForm.tsx';
import classes from './remote.module.css';
import { TakeForm } from './TakeForm.tsx';
import { useTakeParts } from './useTakeParts.ts';

/** Where pvr gets from and posts to, and taking parts of a state from elsewhere, with what that would do. */
export function RemoteTab({ view }: { view: CheckoutView }) {
  const take = useTakeParts(view);
  return (
    <SplitPane
      name="checkout-remote"
      label={strings.listWidth}
      fixed="first"
      defaultWidth={420}
      minWidth={320}
      first={
        <div className={classes.forms}>
          <TakeForm view={view} take={take} />
          <RemotesForm view={view} />
        </div>
      }
      second={
        <section className={classes.plan} aria-label={strings.plan}>
          <PlanPane view={view} take={take} />
        </section>
      }
    />
  );
}
