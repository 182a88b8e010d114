import { TrailbossError } from '../../../shared/contract/errors.ts';
import { rawOf } from '../../net/raw.ts';
import { Refusal } from './replies.ts';

/** What a person was doing, to say what the device refused. */
export interface Intent {
  /** Ends the sentence "The device refused …": "to run locals/x". */
  readonly doing: string;
  readonly unchanged: string;
}

export interface RefusedReply {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly body: Uint8Array;
}

/** What the device said in its own words, when it said something short. */
export function refusalText(body: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(body.subarray(0, 4096));
  try {
    const parsed = Refusal.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A refusal of the device as an error for people. Codes and texts as pv-ctrl sends them (recordings, 12-endpoints): 403 system
 * container, 422 wrong hash or bad state, 503 with Retry-After 120 (a command waits) or 600 (an update runs), 507 no space.
 */
export function deviceRefusal(reply: RefusedReply, intent: Intent): TrailbossError {
  const said = refusalText(reply.body);
  const because = said === undefined ? '' : ` It says: “${said}”.`;
  const refused = `The device refused ${intent.doing} (${reply.status}).${because}`;
  const { unchanged } = intent;
  const raw = rawOf(reply.body);
  if (reply.status === 507 || /disk space|disk full|no space/i.test(said ?? '')) {
    return new TrailbossError('NO_SPACE', {
      what: `The device has no room ${intent.doing}.${because}`,
      unchanged,
      next: 'Free space on the device (old revisions, logs), or send less.',
      ...raw,
    });
  }
  switch (reply.status) {
    case 401:
      return new TrailbossError('LOGIN_REFUSED', {
        what: refused,
        unchanged,
        next: 'This device wants a login that Trailboss does not have.',
        ...raw,
      });
    case 403:
      return new TrailbossError('REFUSED_BY_DEVICE', {
        what: refused,
        unchanged,
        next: 'Containers with restart policy “system” can not be stopped alone: reboot the device instead.',
        ...raw,
      });
    case 404:
      return new TrailbossError('NOT_FOUND', {
        what: `The device does not have what is needed ${intent.doing}.${because}`,
        unchanged,
        next: 'Refresh, and look what is there now.',
        ...raw,
      });
    case 422:
      return said?.includes('checksum') === true
        ? new TrailbossError('BAD_CHECKSUM', {
            what: `The bytes that arrived do not have the sha256 that was announced.${because}`,
            unchanged,
            next: 'Send it again. If it stays, the file changed since it was added to the draft.',
            ...raw,
          })
        : new TrailbossError('BAD_STATE', {
            what: refused,
            unchanged,
            next: 'Check the draft: the device could not read this state.',
            ...raw,
          });
    case 503: {
      const wait = reply.retryAfterSeconds ?? 600;
      const why = wait <= 120 ? 'a command is waiting' : 'an update is running';
      return new TrailbossError('DEVICE_BUSY', {
        what: `The device is busy: ${why}.${because}`,
        unchanged,
        next: `Wait until it is over; the device itself suggests ${Math.round(wait / 60)} minutes.`,
        ...raw,
      });
    }
    case 500:
      return new TrailbossError('REFUSED_BY_DEVICE', {
        what: refused,
        unchanged,
        next: 'If you log in to a container, it needs the role “mgmt”; logging in to the host (user “/”) always may.',
        ...raw,
      });
    default:
      return new TrailbossError('REFUSED_BY_DEVICE', {
        what: refused,
        unchanged,
        next: 'The details show what the device answered.',
        ...raw,
      });
  }
}
