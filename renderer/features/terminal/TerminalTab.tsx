import { lazy, Suspense } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';

// The terminal brings xterm: it is loaded when somebody goes there.
const TerminalScreen = lazy(async () => ({ default: (await import('./TerminalScreen.tsx')).TerminalScreen }));

/** Shells on the device. */
export function TerminalTab({ detail }: { detail: DeviceDetail }) {
  return (
    <Suspense fallback={<ScreenLoading />}>
      <TerminalScreen detail={detail} />
    </Suspense>
  );
}
