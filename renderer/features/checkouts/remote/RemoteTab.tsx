import type { CheckoutView } from '../../../../shared/contract/checkout.ts';

export function RemoteTab({ view }: { view: CheckoutView }) {
  return <p>{view.name}</p>;
}
