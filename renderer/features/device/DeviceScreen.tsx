import { EmptyState } from '../../ui/EmptyState.tsx';

interface DeviceScreenProps {
  readonly deviceId: string;
  readonly tab: string | undefined;
}

export function DeviceScreen({ deviceId, tab }: DeviceScreenProps) {
  return <EmptyState sentence={`${deviceId} ${tab ?? ''}`} />;
}
