import { SeriesId } from '../../shared/contract/ids.ts';
import type { BackgroundWork, SystemStatus } from '../../shared/contract/settings.ts';
import { diagnosticsText } from '../diagnostics.ts';
import { activityStream } from './activity-stream.ts';
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
    work: [...updates.work(), ...seriesWork(rooms), ...fleet.work()],
    pollsPerMinute: fleet.pollsPerMinute,
    polls: fleet.polls,
    looking: fleet.audience.isLooking,
    notices: [...notices],
  });
  const objectsInUse = () => new Set([...rooms.drafts.objectsInUse(), ...updates.objectsInUse(), ...rooms.series.objectsInUse()]);
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
    restoreHost: os.restoreHost.handler(({ input }) => {
      profile.hostKeys.restore(input.host, input.port);
      return {};
    }),
    activity: os.activity.handler(({ input }) => [...profile.activity.page(input.filter, input.before, input.limit)]),
    activityWatch: os.activityWatch.handler(({ input, signal }) => activityStream(profile.activity, input.filter, signal)),
    activityFacets: os.activityFacets.handler(() => {
      const { users, devices } = profile.activity.facets();
      return { users: [...users], devices: [...devices] };
    }),
    storage: os.storage.handler(() => profile.use(objectsInUse())),
    cleanObjects: os.cleanObjects.handler(async () => ({ removed: await profile.cleanObjects(objectsInUse()) })),
    diagnostics: os.diagnostics.handler(async () => ({
      text: diagnosticsText(status(), await profile.use(objectsInUse()), rooms.accounts.overview.accounts),
    })),
  });
}

/** The status of each series that goes on by itself, with its screen. */
function seriesWork({ series }: Rooms): readonly BackgroundWork[] {
  return series
    .work()
    .map((work) => ({ ...work, cancellable: true, shows: { kind: 'series', seriesId: SeriesId.parse(work.id) } }));
}
