import { accountCalls } from './account.ts';
import { HubApi } from './api.ts';
import { changeCalls } from './changes.ts';
import { deviceCalls } from './devices.ts';
import { download } from './download.ts';
import { exportedRevision } from './exports.ts';
import type { HubClient, HubUser, OpenHub } from './hub.ts';
import { logCalls } from './logs.ts';
import { objectCalls } from './objects.ts';
import { postCall } from './post.ts';
import { HubSession } from './session.ts';
import { HubStatus } from './status.ts';
import { stepCalls } from './steps.ts';
import { userMetaCall } from './user-meta.ts';
import { HubWire, parallelUploads } from './wire.ts';

/** Opens an account on a hub; see `OpenHub`. */
export const openHub: OpenHub = (address, credential, { now, onCredential }): HubClient => {
  const wire = new HubWire(address, now);
  const status = new HubStatus(now);
  const session = new HubSession(wire, status, credential, onCredential);
  const api = new HubApi(wire, session, status);
  const account = accountCalls(api);

  let known: HubUser | undefined;
  const user = async (signal: AbortSignal): Promise<HubUser> => {
    known ??= await account.user(signal);
    return known;
  };
  const devices = deviceCalls(api, async (signal) => (await user(signal)).prn);
  const steps = stepCalls(api, devices.device);

  return {
    address,
    get status() {
      return status.current;
    },
    get clockAhead() {
      return wire.clock.now() - wire.clock.local();
    },
    get restUntil() {
      return api.restUntil;
    },
    onStatus: (listener) => status.onChange(listener),
    renewWith: (next) => session.renewWith(next),
    ...account,
    ...devices,
    ...changeCalls(api),
    changeUserMeta: userMetaCall(api, devices.device),
    ...steps,
    postStep: postCall(api, steps),
    ...objectCalls(api),
    downloadObject: (sha, signal) => download(api, sha, signal),
    parallelUploads,
    ...logCalls(api),
    exportRevision: (id, revision, signal) => exportedRevision(api, { user, device: devices.device }, id, revision, signal),
    async close() {
      session.close();
      await wire.close();
    },
  };
};
