import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/logs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LogView } from './LogView.tsx';
import { NoLogs } from './NoLogs.tsx';

/** The device's log as its hub has it. */
export function LogsTab({ detail }: { detail: DeviceDetail }) {
  const { summary, capabilities } = detail;
  if (summary.hub === undefined) return <NoLogs device={summary} />;
  if (!capabilities.readLogs) {
    return <EmptyState sentence={summary.ways.hub.kind === 'silent' ? strings.hubSilent : strings.hubClosed} />;
  }
  return <LogView device={summary} />;
}
