import { useParams, useSearchParams } from 'wouter';
import { DeviceId } from '../../../../shared/contract/ids.ts';
import { strings } from '../../../strings/compare.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { runningNow } from '../sides/sideRef.ts';
import { FleetComparison } from './FleetComparison.tsx';

/** Which devices of the fleet differ from one state, grouped by how. */
export function DifferencesScreen() {
  const { id } = useParams<{ id: string }>();
  const [search] = useSearchParams();
  const deviceId = DeviceId.safeParse(id);
  if (!deviceId.success) return <EmptyState sentence={strings.noDevice} />;
  return <FleetComparison home={deviceId.data} reference={search.get('reference') ?? runningNow} />;
}
