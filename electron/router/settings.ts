import type { SystemStatus } from '../../shared/contract/settings.ts';
import { eachMoment } from './each-moment.ts';
import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

/** Milliseconds between two looks at what the status bar shows; it is made of counters that nobody else announces. */
const statusEvery = 1000;

export function settingsRouter(rooms: Rooms) {
  const { fleet, profile, updates } = rooms;
  const os = implementer(rooms.report).settings;
  let { notices } = rooms;
  const status = (): SystemStatus => ({
    version: rooms.version,
    profileDir: profile.dir,
    devices: fleet.count,
    work: [...updates.work(), ...fleet.work()],
    pollsPerMinute: fleet.pollsPerMinute,
    notices: [...notices],
  });
  return os.router({
    status: os.status.handler(({ signal }) => {
      let shown = '';
      const changed = () => {
        const value = status();
        const text = JSON.stringify(value);
        if (text === shown) return undefined;
        shown = text;
        return value;
      };
      return latestValue(changed, eachMoment(fleet.audience, statusEvery), signal);
    }),
    dismissNotice: os.dismissNotice.handler(({ input }) => {
      notices = notices.filter((notice) => notice.id !== input.id);
      return {};
    }),
    ownKey: os.ownKey.handler(() => profile.keys.own()),
    agentKeys: os.agentKeys.handler(() => profile.keys.agentKeys()),
    knownHosts: os.knownHosts.handler(() => [...profile.hostKeys.all()]),
    forgetHost: os.forgetHost.handler(({ input }) => {
      profile.hostKeys.forget(input.host, input.port);
      return {};
    }),
    activity: os.activity.handler(({ input }) => [...profile.activity.latest(input.limit)]),
  });
}
