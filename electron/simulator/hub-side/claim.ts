/** A device that nobody owns: it registers itself, shows its challenge, and waits until somebody claims it (pv_wait_unclaimed). */
import type { HubConnection } from '../options.ts';
import type { HubHost } from './host.ts';
import { type HubDevice, readDevice } from './replies.ts';
import type { HubSession } from './session.ts';

export interface Claiming {
  /** One look at the hub. True once the device has an owner. */
  look(): Promise<boolean>;
  challenge(): string | undefined;
}

/** @param enter told the name of the state that the device is in. */
export function claiming(
  host: HubHost,
  session: HubSession,
  { autoToken }: HubConnection,
  enter: (state: 'register' | 'claim') => void,
): Claiming {
  let challenge: string | undefined;

  async function register(): Promise<boolean> {
    enter('register');
    const headers = autoToken === undefined ? {} : { 'Pantahub-Devices-Auto-Token-V1': autoToken };
    const reply = await session.knock({ method: 'POST', url: '/devices/', headers, body: '{}' });
    const made = reply?.status === 200 ? readDevice(reply.text) : undefined;
    if (made === undefined || made.secret === '') return false;
    host.credentials.write({ id: made.id, prn: made.prn, secret: made.secret, claimed: false });
    session.close();
    return true;
  }

  async function ownDevice(): Promise<HubDevice | 'unknown' | undefined> {
    const known = host.credentials.read();
    if (known === undefined) return 'unknown';
    if (!session.isOpen() && !(await session.open())) return undefined;
    const reply = await session.exchange({ method: 'GET', url: `/devices/${known.id}` });
    if (reply?.status === 404) return 'unknown';
    return reply?.status === 200 ? readDevice(reply.text) : undefined;
  }

  function claimed(): true {
    const known = host.credentials.read();
    if (known) host.credentials.write({ ...known, claimed: true });
    host.log('INFO', '[pantavisor]: device has been claimed, proceeding normally');
    host.hint('challenge', '');
    host.deviceMeta.set('pantahub.claimed', '1');
    challenge = undefined;
    // The token says who owned the device when it was made.
    session.close();
    return true;
  }

  return {
    challenge: () => challenge,
    async look() {
      // Only a revision that is a checkpoint may be claimed.
      const { running, checkpoint } = host.life().boot;
      if (running !== checkpoint) return false;
      let found = await ownDevice();
      if (found === 'unknown' && (await register())) found = await ownDevice();
      if (found === undefined || found === 'unknown') return false;
      host.hint('device-id', `${found.id}\n`);
      if (found.owner !== '') return claimed();
      enter('claim');
      if (challenge !== found.challenge) host.log('INFO', `[pantavisor]: device challenge: '${found.challenge}'`);
      challenge = found.challenge;
      host.hint('challenge', `${found.challenge}\n`);
      return false;
    },
  };
}
