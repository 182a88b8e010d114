import { expect, test } from 'vitest';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import type { UpdateView } from '../../../shared/contract/update.ts';
import { withDeviceHeard } from './deviceHeard.ts';

const report = (status: string, heardAt: number) => ({ status, message: '', heardAt });
const update = (more: object) => ({ via: 'hub', reports: [], heardAt: 9000, ...more }) as unknown as UpdateView;
const device = (more: object) => more as unknown as DeviceSummary;
const heard = ({ heardAt, silentSince }: UpdateView) => ({ heardAt, silentSince });

test('Behind a hub the device counts as heard when it spoke, not when the hub answered', () => {
  const waiting = withDeviceHeard(update({ reports: [report('NEW', 8000)] }), device({ heardAt: 100, silentSince: 100 }));
  expect(heard(waiting)).toEqual({ heardAt: 100, silentSince: 100 });
});

test('Its latest report counts where the fleet has not taken it in yet', () => {
  const busy = withDeviceHeard(
    update({ reports: [report('NEW', 800), report('DOWNLOADING', 900)] }),
    device({ heardAt: 100, silentSince: 100 }),
  );
  expect(heard(busy)).toEqual({ heardAt: 900, silentSince: undefined });
});

test('Straight to the device nothing changes', () => {
  const lan = update({ via: 'lan' });
  expect(withDeviceHeard(lan, device({ heardAt: 100 }))).toBe(lan);
});
