import type { CheckoutView } from '../../../shared/contract/checkout.ts';

export function SignaturesTab({ view }: { view: CheckoutView }) {
  return <p>{view.name}</p>;
}
