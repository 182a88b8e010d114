import { useParams, useSearchParams } from 'wouter';
import { CheckoutId, DeviceId } from '../../../shared/contract/ids.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/compare.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Comparison } from './Comparison.tsx';

/** What differs between two states of a device, and what moving from the first to the second would do. */
export function CompareScreen() {
  const { id } = useParams<{ id: string }>();
  const [a, b] = useAddressSides();
  const deviceId = DeviceId.safeParse(id);
  if (!deviceId.success || a === null || b === null) return <EmptyState sentence={strings.noDevice} />;
  const hrefOf = (nextA: string, nextB: string) => paths.compare(deviceId.data, nextA, nextB);
  return <Comparison key={deviceId.data} home={deviceId.data} a={a} b={b} hrefOf={hrefOf} />;
}

/** The same about a pvr checkout: no device has to be part of it, and the forecast is made without what a device knows of itself. */
export function CheckoutCompareScreen() {
  const { id } = useParams<{ id: string }>();
  const [a, b] = useAddressSides();
  const checkoutId = CheckoutId.safeParse(id);
  if (!checkoutId.success || a === null || b === null) return <EmptyState sentence={strings.noCheckout} />;
  const hrefOf = (nextA: string, nextB: string) => paths.checkoutCompare(checkoutId.data, nextA, nextB);
  return <Comparison key={checkoutId.data} home={undefined} a={a} b={b} hrefOf={hrefOf} />;
}

function useAddressSides(): readonly [string | null, string | null] {
  const [search] = useSearchParams();
  return [search.get('a'), search.get('b')];
}
