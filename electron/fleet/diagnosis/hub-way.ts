import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubAccount } from '../../../shared/contract/hub.ts';
import { hubNumber } from '../../../shared/state/ids.ts';
import { clockFinding, span } from '../../sources/clock-finding.ts';
import type { HubDevice } from '../../sources/hub/hub.ts';
import type { Finding, Probe, WayProbes } from '../../sources/probe.ts';
import type { DeviceFacts } from '../../storage/device-facts.ts';
import type { DeviceWatch } from '../device-watch.ts';
import { seeDevice } from '../hub-sight.ts';
import { metaText } from '../observed.ts';
import { hubSilenceAfter } from '../summary.ts';

export interface HubWayPorts {
  readonly watch: Pick<DeviceWatch, 'hub' | 'ways' | 'facts' | 'record'>;
  /** The account that the device belongs to, as it is shown; undefined where it is not signed in. */
  readonly account: HubAccount | undefined;
  readonly now: () => number;
}

const unchanged = 'Nothing was changed on the hub.';
const askMs = 20_000;

/** The questions about the way over the hub: our session, the device there, whether it is heard, and the clocks. */
export function hubProbes({ watch, account, now }: HubWayPorts): WayProbes {
  let device: HubDevice | undefined;

  const session: Probe = {
    question: 'session',
    timeoutMs: askMs,
    async ask(signal) {
      if (!watch.hub) throw closedAccount(watch);
      const { nick } = await watch.hub.client.user(signal);
      const endsAt = account?.tokenEndsAt;
      const end = endsAt === undefined ? '' : `, its token ends ${new Date(endsAt).toISOString().slice(0, 10)}`;
      return { state: 'ok', found: `signed in as ${nick}${end}` };
    },
  };

  const onHub: Probe = {
    question: 'on-hub',
    needs: 'session',
    timeoutMs: askMs,
    async ask(signal) {
      if (!watch.hub) throw closedAccount(watch);
      device = await watch.hub.client.device(watch.hub.deviceId, signal);
      return { state: 'ok', found: `${device.nick}, claimed by this account` };
    },
  };

  const heard: Probe = {
    question: 'heard',
    needs: 'on-hub',
    timeoutMs: askMs,
    async ask() {
      if (!device) throw closedAccount(watch);
      return hearing(seeDevice(watch.facts, device), device, now() + (watch.hub?.client.clockAhead ?? 0));
    },
  };

  const clock: Probe = {
    question: 'clock',
    needs: 'session',
    timeoutMs: askMs,
    async ask() {
      const next =
        'With clocks that are so far apart sign-ins end too early or too late, and certificates do not hold. Set this computer’s clock (NTP); if it is right, tell the hub’s operator.';
      return clockFinding(watch.hub?.client.clockAhead ?? 0, 'The hub’s clock', next);
    },
  };

  return { probes: [session, onHub, heard, clock], close: async () => undefined };
}

/** What the device last told its hub, and whether it may be expected to tell more; pure. `hubNow` by the hub's clock. */
export function hearing(facts: DeviceFacts, device: Pick<HubDevice, 'deviceMeta'>, hubNow: number): Finding {
  const spokeAt = facts.hub?.spokeAt;
  if (spokeAt === undefined) return { state: 'failed', problem: neverHeard() };
  const age = Math.max(0, hubNow - spokeAt);
  const found = `${span(age)} ago`;
  const running = metaText(device.deviceMeta, 'pantavisor.revision');
  const isLocal = running !== undefined && hubNumber(running) === undefined;
  if (isLocal || metaText(device.deviceMeta, 'pantavisor.mode') === 'local') {
    return { state: 'doubtful', found, problem: followsNoHub(running) };
  }
  return age > hubSilenceAfter ? { state: 'failed', found, problem: silent(age) } : { state: 'ok', found };
}

/** Why there is no session to ask with: the way itself says it. */
function closedAccount({ ways }: Pick<DeviceWatch, 'ways'>): TrailbossError {
  const way = ways.hub;
  if ((way.kind === 'blocked' || way.kind === 'silent') && way.problem) {
    const { code, ...data } = way.problem;
    return new TrailbossError(code, data);
  }
  return new TrailbossError('SESSION_ENDED', {
    what: 'The account that this device belongs to is not signed in now.',
    unchanged: 'What was heard of its devices is still shown.',
    next: 'Sign in again in Settings.',
  });
}

function neverHeard(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: 'The hub knows this device, and never heard a word from it.',
    unchanged,
    next: 'Switch it on where it has a way to the internet. A device that was flashed anew registers as another one.',
  });
}

function silent(age: number): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: `The device has not spoken to its hub for ${span(age)}; while it is there it does so every few seconds.`,
    unchanged,
    next: 'Check that it has power and a way to the internet. Its own log says why it does not reach the hub: read it on the local network, over SSH.',
  });
}

function followsNoHub(running: string | undefined): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', {
    what: `The device runs ${running === undefined ? 'a local revision' : `the local revision ${running}`}, and does not ask its hub for anything.`,
    unchanged,
    next: 'Over SSH on the local network, “Go remote” lets it follow its hub again; on the device itself: pvcontrol cmd go-remote.',
  });
}
