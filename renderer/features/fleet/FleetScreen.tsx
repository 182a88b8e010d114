import { EmptyState } from '../../ui/EmptyState.tsx';

export function FleetScreen() {
  return <EmptyState sentence="Fleet" />;
}
