import { skipToken } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { DeviceGone } from '../device/DeviceGone.tsx';
import { useFleet } from '../fleet/useFleet.ts';
import { deviceIdIn } from './useOpenDevice.ts';

/** In place of any screen of a device that is not in the fleet any more, because somebody removed it meanwhile: that it is gone. */
export function GoneGuard({ place, children }: { place: string; children: ReactNode }) {
  const devices = useFleet().data?.devices;
  const id = deviceIdIn(place);
  const isMissing = id !== undefined && devices !== undefined && !devices.has(id);
  // Two rows that turned out to be one device go on under either id, so the backend has the last word.
  const { error } = useLive(orpc.device.watch, isMissing ? { id: DeviceId.parse(id) } : skipToken);
  return isMissing && error !== null && problemOf(error).code === 'NOT_FOUND' ? <DeviceGone /> : children;
}
