import { EmptyState } from '../../ui/EmptyState.tsx';

export function ActivityScreen() {
  return <EmptyState sentence="Activity" />;
}
