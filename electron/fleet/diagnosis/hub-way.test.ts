import { expect, it } from 'vitest';
import type { Ways } from '../../../shared/contract/connection.ts';
import { AccountId, type HubAccount, HubDeviceId } from '../../../shared/contract/hub.ts';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { hubDevice, ScriptedHub } from '../../sources/scripted-hub.ts';
import type { DeviceFacts } from '../../storage/device-facts.ts';
import { noSeat } from '../account-seat.ts';
import { hearing, hubProbes } from './hub-way.ts';
import { runProbes } from './run.ts';

const never = new AbortController().signal;
const accountId = AccountId.parse('a');
const minute = 60_000;
const none = { kind: 'not-configured' } as const;

async function diagnose(hub: ScriptedHub | undefined, account?: HubAccount) {
  const now = () => 1_700_000_100_000;
  const way = hub ? hub.status : noSeat('ana · hub.example', 1);
  const ways: Ways = { http: none, ssh: none, hub: way.kind === 'open' || way.kind === 'blocked' ? way : none };
  const watch = {
    ways,
    facts: { hub: { steps: [] } },
    record: { id: DeviceId.parse('d'), name: 'web', connection: null, demo: undefined, addedAt: 0 },
    hub: hub && { client: hub.client(), deviceId: HubDeviceId.parse(hubDevice), accountId },
  };
  const probes = hubProbes({ watch, account, now });
  let last: unknown[] = [];
  for await (const steps of runProbes([{ way: 'hub', ...probes }], never)) last = steps;
  return last;
}
const facts = (spokeAt?: number): DeviceFacts => ({ hub: { steps: [], ...(spokeAt !== undefined && { spokeAt }) } });

it('asks for the session, the device, and when it was heard', async () => {
  const hub = new ScriptedHub();
  hub.deviceMeta = { 'pantavisor.revision': '3' };
  const account: HubAccount = {
    id: accountId,
    url: 'https://hub.example',
    hasCa: false,
    nick: 'ana',
    demo: false,
    status: hub.status,
    devices: 1,
    addedAt: 1,
    tokenEndsAt: Date.UTC(2030, 0, 2),
  };
  expect(await diagnose(hub, account)).toMatchObject([
    { question: 'session', state: 'ok', found: 'signed in as ana, its token ends 2030-01-02' },
    { question: 'on-hub', state: 'ok', found: expect.stringContaining('claimed by this account') },
    { question: 'heard' },
    { question: 'clock', state: 'ok', found: 'in step with this computer' },
  ]);
});

it('says that nobody is signed in, and asks nothing more', async () => {
  expect(await diagnose(undefined)).toMatchObject([
    {
      question: 'session',
      state: 'failed',
      problem: { code: 'SESSION_ENDED', what: expect.stringContaining('ana · hub.example') },
    },
    { state: 'skipped' },
    { state: 'skipped' },
    { state: 'skipped' },
  ]);
});

it('tells a device that the account does not have, from a hub that is silent', async () => {
  const gone = new ScriptedHub();
  gone.mishaps.push({ call: 'device', code: 'NOT_FOUND', arrives: false });
  expect(await diagnose(gone)).toMatchObject([
    { state: 'ok' },
    { question: 'on-hub', state: 'failed', problem: { code: 'NOT_FOUND' } },
    { state: 'skipped' },
    { state: 'ok' },
  ]);
});

it('knows a device that is silent, one that was never heard, and one that follows no hub', () => {
  const now = 1_700_000_000_000;
  const on = (deviceMeta: Record<string, unknown>) => ({ deviceMeta });
  expect(hearing(facts(now - 4000), on({ 'pantavisor.revision': '3' }), now)).toEqual({ state: 'ok', found: '4 s ago' });
  expect(hearing(facts(now - 30 * minute), on({}), now)).toMatchObject({
    state: 'failed',
    found: '30 min ago',
    problem: { data: { what: expect.stringContaining('has not spoken to its hub for 30 min') } },
  });
  expect(hearing(facts(), on({}), now)).toMatchObject({ state: 'failed', problem: { code: 'NOT_ANSWERING' } });
  expect(hearing(facts(now - 4000), on({ 'pantavisor.revision': 'locals/try' }), now)).toMatchObject({
    state: 'doubtful',
    problem: { data: { what: expect.stringContaining('locals/try'), next: expect.stringContaining('Go remote') } },
  });
  expect(hearing(facts(now), on({ 'pantavisor.mode': 'local', 'pantavisor.revision': '3' }), now).state).toBe('doubtful');
});
