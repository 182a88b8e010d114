import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import type { LogOrigin } from '../../../shared/contract/logs.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/logs.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LogView } from './LogView.tsx';
import { logOrigins } from './origins.ts';

/** The device's log: from the device itself where SSH leads to it, or as its hub has it. */
export function LogsTab({ detail }: { detail: DeviceDetail }) {
  const { summary } = detail;
  const origins = logOrigins(summary);
  const [wanted, setWanted] = useState<LogOrigin | undefined>(origins[0]);
  // What is shown stays while it can be shown, also when a better way opens.
  const from = origins.find((origin) => origin === wanted) ?? origins[0];
  if (wanted === undefined && from !== undefined) setWanted(from);
  if (from !== undefined) return <LogView key={from} device={summary} from={from} origins={origins} onFrom={setWanted} />;
  return <NoWay detail={detail} />;
}

/** In place of a log that nothing leads to: what to do about it. */
function NoWay({ detail }: { detail: DeviceDetail }) {
  const { id, ways, hub } = detail.summary;
  const diagnosis = (
    <Button component={Link} href={paths.diagnosis(id)}>
      {strings.why}
    </Button>
  );
  if (ways.ssh.kind !== 'not-configured') return <EmptyState sentence={strings.sshClosed}>{diagnosis}</EmptyState>;
  if (hub !== undefined) {
    return <EmptyState sentence={ways.hub.kind === 'silent' ? strings.hubSilent : strings.hubClosed}>{diagnosis}</EmptyState>;
  }
  return (
    <EmptyState sentence={strings.noWay}>
      {diagnosis}
      <Button component={Link} href={paths.settings()}>
        {strings.claim}
      </Button>
    </EmptyState>
  );
}
