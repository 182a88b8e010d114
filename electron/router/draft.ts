import { latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

export function draftRouter(rooms: Rooms) {
  const { drafts, intake } = rooms;
  const os = implementer(rooms.report).draft;
  return os.router({
    list: os.list.handler(({ input, signal }) =>
      latestValue(
        () => [...drafts.list(input.deviceId)],
        (push) => drafts.listChanges.add(push),
        signal,
      ),
    ),
    create: os.create.handler(({ input, signal }) =>
      drafts.create(input.deviceId, input.revision, signal ?? AbortSignal.timeout(60_000)),
    ),
    duplicate: os.duplicate.handler(({ input }) => drafts.duplicate(input.draftId, input.title)),
    watch: os.watch.handler(({ input, signal }) =>
      latestValue(
        () => drafts.get(input.draftId),
        (push) => drafts.changes.add((draft) => draft.id === input.draftId && push(draft)),
        signal,
      ),
    ),
    setJson: os.setJson.handler(({ input }) => drafts.setJson(input.draftId, input.version, input.key, input.text, input.batch)),
    openFile: os.openFile.handler(async ({ input }) => ({ fileId: await intake.open(input.size) })),
    sendPiece: os.sendPiece.handler(async ({ input }) => {
      await intake.piece(input.fileId, input.at, input.bytes);
      return {};
    }),
    dropFile: os.dropFile.handler(async ({ input }) => {
      await intake.drop(input.fileId);
      return {};
    }),
    setFile: os.setFile.handler(({ input }) =>
      drafts.setFile(input.draftId, input.version, input.key, input.fileId, input.asObject ?? false, input.batch),
    ),
    remove: os.remove.handler(({ input }) => drafts.remove(input.draftId, input.version, input.keys)),
    removeContainer: os.removeContainer.handler(({ input }) =>
      drafts.removeContainer(input.draftId, input.version, input.container),
    ),
    rename: os.rename.handler(({ input }) => drafts.rename(input.draftId, input.version, input.from, input.to)),
    revert: os.revert.handler(({ input }) => drafts.revert(input.draftId, input.version, input.keys)),
    setPolicy: os.setPolicy.handler(({ input }) => drafts.setPolicy(input.draftId, input.version, input.container, input.policy)),
    setGroup: os.setGroup.handler(({ input }) => drafts.setGroup(input.draftId, input.version, input.container, input.group)),
    rebasePlan: os.rebasePlan.handler(({ input, signal }) =>
      drafts.rebasePlan(input.draftId, input.revision, signal ?? AbortSignal.timeout(60_000)),
    ),
    rebase: os.rebase.handler(({ input, signal }) =>
      drafts.rebase(input.draftId, input.version, input.revision, input.sides, signal ?? AbortSignal.timeout(60_000)),
    ),
    discard: os.discard.handler(({ input }) => {
      drafts.discard(input.draftId);
      return {};
    }),
    undo: os.undo.handler(({ input }) => drafts.undo(input.draftId, input.version)),
    redo: os.redo.handler(({ input }) => drafts.redo(input.draftId, input.version)),
    setTitle: os.setTitle.handler(({ input }) => drafts.setTitle(input.draftId, input.title)),
    restore: os.restore.handler(({ input }) => drafts.restore(input.draftId)),
  });
}
