import { parseSha256 } from '../../shared/state/ids.ts';
import { noSuchObject } from '../checkouts/problems.ts';
import { appHandlers } from './checkout-apps.ts';
import { originHandlers } from './checkout-origins.ts';
import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

/** So long nobody waits for what is read from this computer's disk, in milliseconds. */
const patience = 120_000;

export function checkoutRouter(rooms: Rooms) {
  const { checkouts } = rooms;
  const os = implementer(rooms.report).checkout;
  return os.router({
    list: os.list.handler(({ signal }) =>
      latestValue(
        () => checkouts.list(),
        (push) => checkouts.listChanges.add(push),
        signal,
      ),
    ),
    browse: os.browse.handler(({ input }) => checkouts.browse(input.path)),
    open: os.open.handler(async ({ input }) => ({ id: await checkouts.open(input.path) })),
    create: os.create.handler(async ({ input }) => ({ id: await checkouts.create(input.path) })),
    close: os.close.handler(async ({ input }) => {
      await checkouts.close(input.id);
      return {};
    }),
    watch: os.watch.handler(async function* ({ input, signal }) {
      const watched = checkouts.watch(input.id);
      try {
        yield* latestValue(watched.view, (push) => watched.changes.add(push), signal);
      } finally {
        watched.close();
      }
    }),
    state: os.state.handler(({ input }) => checkouts.state(input.id, input.which)),
    object: os.object.handler(({ input }) => {
      const sha = parseSha256(input.sha);
      if (sha === undefined) throw noSuchObject(input.sha);
      return checkouts.object(input.id, sha, input.maxBytes);
    }),
    file: os.file.handler(({ input, signal }) =>
      checkouts.file(input.id, input.path, input.maxBytes, signal ?? AbortSignal.timeout(patience)),
    ),
    writeFile: os.writeFile.handler(({ input }) => checkouts.writeFile(input.id, input.path, input.text, input.mark)),
    removeFiles: os.removeFiles.handler(async ({ input }) => {
      await checkouts.removeFiles(input.id, input.paths);
      return {};
    }),
    add: os.add.handler(async ({ input, signal }) => ({
      added: await checkouts.add(input.id, input.paths, input.raw, signal ?? AbortSignal.timeout(patience)),
    })),
    forgetAdded: os.forgetAdded.handler(async ({ input }) => {
      await checkouts.forgetAdded(input.id, input.paths);
      return {};
    }),
    commit: os.commit.handler(({ input, signal }) => checkouts.commit(input.id, input.message, signal)),
    reset: os.reset.handler(({ input, signal }) => checkouts.reset(input.id, input.paths, signal)),
    restoreBackup: os.restoreBackup.handler(async ({ input }) => {
      await checkouts.restoreBackup(input.id, input.backupId);
      return {};
    }),
    mend: os.mend.handler(({ input, signal }) => checkouts.mend(input.id, input.ids, signal)),
    exportTo: os.exportTo.handler(({ input, signal }) => checkouts.exportTo(input.id, input.path, input.parts, signal)),
    importFrom: os.importFrom.handler(({ input, signal }) => checkouts.importFrom(input.id, input.path, signal)),
    setRemotes: os.setRemotes.handler(async ({ input }) => {
      await checkouts.setRemotes(input.id, input.remotes);
      return {};
    }),
    ...originHandlers(rooms),
    ...appHandlers(rooms),
  });
}
