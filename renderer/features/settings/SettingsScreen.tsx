import { EmptyState } from '../../ui/EmptyState.tsx';

export function SettingsScreen() {
  return <EmptyState sentence="Settings" />;
}
