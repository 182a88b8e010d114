/** For tests: a link over the local network that can do nothing but what a test gives it. */
import type { WayStatus } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceLink } from './source.ts';

/** @param ssh whether the way is open; a closed one was open before and fell silent */
export function scriptedLan(able: Partial<DeviceLink>, ssh: 'open' | 'silent' | 'blocked' = 'open'): DeviceLink {
  const ways: Readonly<Record<typeof ssh, WayStatus>> = {
    open: { kind: 'open', heardAt: 1 },
    silent: { kind: 'silent', since: 2, heardAt: 1 },
    blocked: { kind: 'blocked', since: 2, problem: { code: 'LOGIN_REFUSED', what: 'no key', unchanged: '', next: '' } },
  };
  const none = { kind: 'not-configured' } as const;
  const can = ssh !== 'blocked';
  const cannot = () => Promise.reject(silence());
  return {
    ways: { http: none, ssh: ways[ssh], hub: none },
    capabilities: {
      readState: can,
      readTimeline: can,
      readContainers: can,
      readMetadata: can,
      uploadObjects: can,
      postRevision: can,
      runRevision: can,
      watchProgress: can,
      reboot: can,
      writeUserMeta: can,
      readLogs: false,
      openTerminal: can,
    },
    onWays: () => () => undefined,
    connect: async () => undefined,
    readRunning: cannot,
    readTimeline: cannot,
    readProgress: cannot,
    readState: cannot,
    readContainers: cannot,
    readGroups: cannot,
    readDeviceMeta: cannot,
    readUserMeta: cannot,
    changeUserMeta: cannot,
    readHubIdentity: cannot,
    missingObjects: cannot,
    objectSize: cannot,
    uploadObject: cannot,
    parallelUploads: 1,
    downloadObject: async function* () {
      yield await cannot();
    },
    postRevision: cannot,
    runRevision: cannot,
    reboot: cannot,
    goRemote: cannot,
    containerAction: cannot,
    openShell: cannot,
    uploadWay: 'ssh',
    postWay: 'ssh',
    close: async () => undefined,
    ...able,
  };
}

function silence(): TrailbossError {
  return new TrailbossError('NOT_ANSWERING', { what: 'The device does not answer.', unchanged: '', next: '' });
}
