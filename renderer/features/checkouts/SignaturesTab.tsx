import type { CheckoutView } from '../../../shared/contract/checkout.ts';
import { CheckoutSignatures } from '../signatures/CheckoutSignatures.tsx';

/** Who signed what in the checkout, and what an edit does to it. */
export function SignaturesTab({ view }: { view: CheckoutView }) {
  return <CheckoutSignatures view={view} />;
}
