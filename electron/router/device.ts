import { TrailbossError } from '../../shared/contract/errors.ts';
import { stateSha } from '../../shared/state/canonical.ts';
import { parseSha256 } from '../../shared/state/ids.ts';
import { exportedRevision } from '../revisions/export.ts';
import { readObject } from '../revisions/objects.ts';
import type { OpenTimeline } from '../revisions/timeline-feed.ts';
import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

/** An export may have gigabytes; whoever asks ends it by going away. */
const exportMs = 6 * 3_600_000;
const longWait = () => AbortSignal.timeout(120_000);

export function deviceRouter(rooms: Rooms) {
  const { fleet, states, timelines, updates, profile } = rooms;
  const os = implementer(rooms.report).device;
  return os.router({
    watch: os.watch.handler(async function* ({ input, signal }) {
      yield* latestValue(
        () => fleet.device(input.id).detail,
        (push) =>
          fleet.attached(input.id, (watch) => {
            const ends = [watch.view(), watch.changes.add(push)];
            push(watch);
            return () => {
              for (const end of ends) end();
            };
          }),
        signal,
      );
    }),
    timeline: os.timeline.handler(async function* ({ input, signal }) {
      let feed: OpenTimeline | undefined;
      yield* latestValue(
        () => feed?.timeline,
        (push) =>
          fleet.attached(input.id, (watch) => {
            const opened = timelines.of(watch);
            feed = opened;
            const stopListening = opened.changes.add(push);
            push(watch);
            return () => {
              stopListening();
              opened.close();
            };
          }),
        signal,
      );
    }),
    loadOlder: os.loadOlder.handler(async ({ input, signal }) => {
      const watch = fleet.device(input.id);
      await watch.link.hub?.loadOlder(signal ?? longWait());
      watch.poke();
      return {};
    }),
    exportRevision: os.exportRevision.handler(async function* ({ input, signal }) {
      const pieces = exportedRevision(fleet.device(input.id), input.revision, signal ?? AbortSignal.timeout(exportMs));
      for await (const { fileName, bytes } of pieces) {
        yield { fileName, base64: Buffer.from(await bytes.arrayBuffer()).toString('base64') };
      }
    }),
    state: os.state.handler(async ({ input, signal }) => {
      const { revision, text } = await states.read(input.id, input.revision, signal ?? longWait());
      return { revision, text, sha: shaOf(text) };
    }),
    object: os.object.handler(({ input, signal }) => {
      const sha = parseSha256(input.sha);
      if (!sha) throw notASha(input.sha);
      return readObject(fleet.device(input.id), profile.objects, sha, input.maxBytes, signal ?? longWait());
    }),
    trustHostKey: os.trustHostKey.handler(({ input }) => {
      fleet.trustHostKey(input.id, input);
      return {};
    }),
    unlockKey: os.unlockKey.handler(async ({ input }) => {
      await profile.keys.unlock(input.path, input.passphrase);
      for (const watch of fleet.all()) watch.poke();
      return {};
    }),
    refresh: os.refresh.handler(({ input }) => {
      fleet.device(input.id).poke();
      return {};
    }),
    runRevision: os.runRevision.handler(async ({ input, signal }) => ({
      updateId: await updates.run(input.id, input.revision, signal ?? longWait()),
    })),
    reboot: os.reboot.handler(async ({ input, signal }) => ({ updateId: await updates.reboot(input.id, signal ?? longWait()) })),
    containerAction: os.containerAction.handler(async ({ input, signal }) => {
      const watch = fleet.device(input.id);
      await watch.link.containerAction(input.container, input.action, signal ?? longWait());
      profile.activity.record({
        what: `asked it to ${input.action} ${input.container}`,
        result: 'ok',
        kind: 'container',
        device: watch.record,
      });
      watch.poke();
      return {};
    }),
  });
}

/** The state sha as pvr and the hub compute it; empty for a text that has none (a device may hold anything). */
function shaOf(text: string): string {
  try {
    return stateSha(text);
  } catch {
    return '';
  }
}

function notASha(text: string): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: `${JSON.stringify(text.slice(0, 80))} is not the sha256 of an object.`,
    unchanged: 'Nothing was read.',
    next: 'Choose an object from the state.',
  });
}
