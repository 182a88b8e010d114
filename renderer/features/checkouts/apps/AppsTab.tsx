import type { CheckoutView } from '../../../../shared/contract/checkout.ts';

export function AppsTab({ view }: { view: CheckoutView }) {
  return <p>{view.name}</p>;
}
