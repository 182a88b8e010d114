import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import type { WayName } from '../../../shared/contract/connection.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { strings } from '../../strings/device.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { DeviceDialog } from '../fleet/DeviceDialog.tsx';
import classes from './DeviceScreen.module.css';
import { WayHint } from './WayHint.tsx';

interface MissingWayProps {
  readonly device: DeviceSummary;
  readonly name: WayName;
  readonly lead: string;
  /** Where else something of it is found. */
  readonly children?: ReactNode;
}

/** In place of a list that needs a way which is not open: what is missing, and how to get it. */
export function MissingWay({ device, name, lead, children }: MissingWayProps) {
  const [editing, edit] = useDisclosure(false);
  const way = device.ways[name];
  if (way.kind === 'silent' || way.kind === 'connecting') {
    return (
      <EmptyState sentence={strings.notAnswering}>
        {way.kind === 'silent' && way.problem !== undefined && <p>{way.problem.what}</p>}
      </EmptyState>
    );
  }
  return (
    <div className={classes.center}>
      <p className={classes.lead}>{lead}</p>
      {children}
      <WayHint device={device} name={name} onSetUp={edit.open} />
      <DeviceDialog opened={editing} onClose={edit.close} device={device} />
    </div>
  );
}
