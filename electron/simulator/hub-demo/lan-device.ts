/** The one device of the demo fleet that stands on the local network and on the demo hub as well. */
import { BOARDS } from '../demo/catalog.ts';
import { type Story, seedOf } from '../demo/history.ts';
import type { Objects } from '../demo/states.ts';
import { STORIES } from '../demo/stories.ts';
import type { SimulatedHub } from '../hub/index.ts';
import { deviceMetaOf } from '../hub-side/resting.ts';
import type { SeedRevision } from '../options.ts';
import { identityOf, putObjects, type Seeding } from './seed.ts';

/** Its revisions have numbers: a device on a local revision is off its hub. */
export const LAN_DEVICE = 'test-bench-a';

/** Seeds the hub with what the device's own disk holds. */
export function seedLanDevice(hub: SimulatedHub, { owner, salt, now }: Seeding): void {
  const story = STORIES.find(({ name }) => name === LAN_DEVICE);
  if (!story) return;
  const { revisions, objects = [], running = '0', userMeta = {} } = seedOf(story, '', now);
  const all: Objects = new Map(objects.map((object) => [object.sha256, object]));
  putObjects(hub, owner, all);
  const identity = identityOf(LAN_DEVICE, salt);
  const { 'pvr-sdk.authorized_keys': _key, ...labels } = userMeta;
  hub.seedDevice({
    ...identity,
    owner,
    nick: LAN_DEVICE,
    userMeta: labels,
    deviceMeta: deviceMetaOf({ ...identity, name: LAN_DEVICE, board: BOARDS[story.board] }, running, 0),
    steps: revisions.map((revision, rev) => stepOf(revision, rev, story)),
    modified: now,
  });
}

function stepOf({ state, message = '', status = 'DONE', statusMessage = '', date }: SeedRevision, rev: number, { steps }: Story) {
  return {
    rev,
    state,
    message: message.replace(/\n\nSigned-off-by: .*$/s, ''),
    committer: steps[rev]?.by ?? '',
    progress: { status, 'status-msg': statusMessage, progress: 100, retries: 0 },
    ...(date === undefined ? {} : { at: date.getTime() }),
  };
}
