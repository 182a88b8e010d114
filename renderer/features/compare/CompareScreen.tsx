import { useParams, useSearchParams } from 'wouter';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { strings } from '../../strings/compare.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Comparison } from './Comparison.tsx';

/** What differs between two states of a device, and what moving from the first to the second would do. */
export function CompareScreen() {
  const { id } = useParams<{ id: string }>();
  const [search] = useSearchParams();
  const deviceId = DeviceId.safeParse(id);
  const a = search.get('a');
  const b = search.get('b');
  if (!deviceId.success || a === null || b === null) return <EmptyState sentence={strings.noDevice} />;
  return <Comparison key={deviceId.data} deviceId={deviceId.data} a={a} b={b} />;
}
