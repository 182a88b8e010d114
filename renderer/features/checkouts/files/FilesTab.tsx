import type { CheckoutView } from '../../../../shared/contract/checkout.ts';

export function FilesTab({ view }: { view: CheckoutView }) {
  return <p>{view.name}</p>;
}
