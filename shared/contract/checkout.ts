import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { KnownProblem } from './errors.ts';
import { CheckoutId, DeviceId, DraftId, Instant } from './ids.ts';

/** A path on this computer as the person or the folder list gave it. */
export const LocalPath = z.string().min(1).max(4096);

/** A letter of `pvr status`: added, removed, changed, untracked. */
export const FileLetter = z.enum(['A', 'D', 'C', '?']);
export type FileLetter = z.infer<typeof FileLetter>;

/** One line of `pvr status`, in its order (added, removed, changed, untracked; each sorted by path). */
export const StatusLine = z.object({
  letter: FileLetter,
  path: z.string(),
  /** An object, by its sha256, or JSON in the state itself. */
  kind: z.enum(['object', 'json']),
  /** Bytes of the file in the folder. */
  size: z.number().optional(),
});
export type StatusLine = z.infer<typeof StatusLine>;

/** What a commit by the `pvr` command would change of a file without a word, and Trailboss keeps (pvr.md §2). */
export const CommitLoss = z.object({ path: z.string(), kind: z.enum(['null', 'number', 'fails']), text: z.string() });
export type CommitLoss = z.infer<typeof CommitLoss>;

/** Something half-written: what it is, and what mending it does. `id` names it for `mend`. */
export const Damage = z.object({
  id: z.string(),
  kind: z.enum([
    'leftover-file',
    'unfinished-commit',
    'missing-object',
    'wrong-object',
    'missing-config',
    'bad-config',
    'bad-new',
    'bad-pristine',
    'interrupted-checkout',
  ]),
  path: z.string(),
  text: z.string(),
  /** What mending would do, as a sentence; absent where it can't be mended from here. */
  mend: z.string().optional(),
});
export type Damage = z.infer<typeof Damage>;

/** Where `pvr` gets from and posts to by itself (`.pvr/config`); empty where there is none. */
export const Remotes = z.object({ get: z.string(), put: z.string(), post: z.string() });
export type Remotes = z.infer<typeof Remotes>;

export const CheckoutSummary = z.object({
  id: CheckoutId,
  path: z.string(),
  name: z.string(),
  openedAt: Instant,
  /** `gone`: there is no such checkout any more. */
  condition: z.enum(['reading', 'clean', 'changed', 'damaged', 'unreadable', 'gone']),
  /** Lines of its status without the untracked ones. */
  changes: z.number(),
});
export type CheckoutSummary = z.infer<typeof CheckoutSummary>;

/** A checkout as it stands on the disk now. */
export const CheckoutView = CheckoutSummary.extend({
  /** Counts what was seen to change; texts and files are asked for again when it grows. */
  version: z.number().int(),
  /** sha256 of the canonical committed state, and its number of entries. */
  commit: z.object({ sha: z.string(), entries: z.number() }).optional(),
  /** sha256 of the canonical working state; absent where a tracked file can't be read as JSON. */
  workingSha: z.string().optional(),
  status: z.array(StatusLine),
  /** Why `pvr status` would fail: tracked files that are no JSON, dangling links. */
  problems: z.array(z.object({ path: z.string(), text: z.string() })),
  losses: z.array(CommitLoss),
  damage: z.array(Damage),
  remotes: Remotes,
  objectsDir: z.string(),
  /** Who else works on it right now: nothing is written meanwhile. */
  busy: z.object({ by: z.enum(['pvr', 'trailboss']), pid: z.number(), command: z.string() }).optional(),
  /** What the last reset or get overwrote or removed, kept until the checkout is closed: it can be brought back. */
  backup: z.object({ id: z.string(), at: Instant, label: z.string(), files: z.number() }).optional(),
  problem: KnownProblem.optional(),
});
export type CheckoutView = z.infer<typeof CheckoutView>;

export const FolderItem = z.object({
  name: z.string(),
  kind: z.enum(['folder', 'checkout', 'export', 'file']),
});
export type FolderItem = z.infer<typeof FolderItem>;

/** Where a state with its objects comes from. */
export const StateOrigin = z.discriminatedUnion('kind', [
  /** A device that is known here, by whichever way leads to it; `current` for what runs. */
  z.object({ kind: z.literal('device'), deviceId: DeviceId, revision: z.string() }),
  /** What `pvr clone` takes: a URL, an IP, `nick/device`, a `.pvr` folder, an export. A fragment in it counts. */
  z.object({ kind: z.literal('reference'), reference: z.string().trim().min(1).max(4096) }),
  z.object({ kind: z.literal('export'), path: LocalPath }),
  z.object({ kind: z.literal('checkout'), id: CheckoutId }),
]);
export type StateOrigin = z.infer<typeof StateOrigin>;

/**
 * Parts as pvr's fragment names them: `part1,part2,-part`; empty for all. Trailboss takes `app` for `app` and `app/…`; with `exactCli` it
 * takes and removes by raw prefix as pvr does, so that `app1` also removes `app10/…` (pvr.md §3.1).
 */
export const Parts = z.object({ fragment: z.string().max(4096), exactCli: z.boolean() });
export type Parts = z.infer<typeof Parts>;

/** What work on a checkout tells while it goes on; `done` is the last one. Leaving the stream cancels the work. */
export const WorkNews = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('progress'),
    text: z.string(),
    objects: z.object({ done: z.number(), total: z.number() }).optional(),
    bytes: z.object({ done: z.number(), total: z.number().optional() }).optional(),
  }),
  /** A line of the `pvr` command. */
  z.object({ kind: z.literal('output'), from: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    kind: z.literal('done'),
    text: z.string(),
    checkoutId: CheckoutId.optional(),
    draftId: DraftId.optional(),
    deviceId: DeviceId.optional(),
    path: z.string().optional(),
    exitCode: z.number().optional(),
  }),
]);
export type WorkNews = z.infer<typeof WorkNews>;

/** What taking parts from elsewhere would make of the committed state, before anything is fetched. */
export const PartsPlan = z.object({
  before: z.string(),
  after: z.string(),
  /** Objects that are not here yet. */
  objects: z.number(),
  /** Keys that go because pvr deletes by prefix, and signatures and configuration that are not part of the fragment. */
  remarks: z.array(z.string()),
  /** Edits in the working tree that checking out afterwards would overwrite. */
  overwrites: z.array(z.string()),
});
export type PartsPlan = z.infer<typeof PartsPlan>;

/** A container that `pvr app` made: what its src.json says, and what run.json has of it. */
export const AppView = z.object({
  name: z.string(),
  template: z.string(),
  image: z.string(),
  restartPolicy: z.enum(['system', 'container']).optional(),
  group: z.string().optional(),
  /** The group that it would be rendered with (the last one of groups.json where src.json names none). */
  effectiveGroup: z.string().optional(),
  statusGoal: z.enum(['MOUNTED', 'STARTED', 'READY']).optional(),
  roles: z.array(z.string()).optional(),
  /** Persistence by volume path, or `lxc-overlay`; a volume of the image that src.json does not name is `permanent`. */
  persistence: z.array(z.object({ volume: z.string(), persistence: z.string(), own: z.boolean() })),
  /** run.json is not what src.json renders to: the members that differ. */
  drift: z.array(z.string()),
  signedBy: z.array(z.string()),
  problem: z.string().optional(),
});
export type AppView = z.infer<typeof AppView>;

/** A change of what `pvr app install` derives; an absent member stays, null removes it. */
export const AppEdit = z.object({
  restartPolicy: z.enum(['system', 'container']).nullish(),
  group: z.string().max(200).nullish(),
  statusGoal: z.enum(['MOUNTED', 'STARTED', 'READY']).nullish(),
  roles: z.array(z.string().max(200)).nullish(),
  persistence: z.record(z.string().max(1000), z.string().max(200).nullable()).optional(),
});
export type AppEdit = z.infer<typeof AppEdit>;

/** What needs the `pvr` command: image tools, signatures by its own keys, dm-verity. */
export const PvrCommand = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('app-add'),
    name: z.string().min(1).max(200),
    from: z.string().min(1).max(1000),
    type: z.enum(['docker', 'pvr', 'rootfs']).optional(),
    platform: z.string().max(200).optional(),
    group: z.string().max(200).optional(),
    restartPolicy: z.enum(['system', 'container']).optional(),
    statusGoal: z.enum(['MOUNTED', 'STARTED', 'READY']).optional(),
    volumes: z.array(z.string().max(1000)).max(100).optional(),
  }),
  z.object({ kind: z.literal('app-update'), name: z.string().min(1).max(200), from: z.string().max(1000).optional() }),
  z.object({ kind: z.literal('app-install'), name: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('dm-convert'), container: z.string().min(1).max(200), volume: z.string().min(1).max(200) }),
  z.object({ kind: z.literal('dm-apply'), prefix: z.string().max(200).optional() }),
]);
export type PvrCommand = z.infer<typeof PvrCommand>;

/** The `pvr` on this machine, and what it needs besides. */
export const PvrProgram = z.object({
  path: z.string().optional(),
  version: z.string().optional(),
  /** Tools that some of its commands need and that are not there (fakeroot, mksquashfs, veritysetup). */
  missingTools: z.array(z.string()),
  /** How to get it, where it is not there. */
  howTo: z.string(),
});
export type PvrProgram = z.infer<typeof PvrProgram>;

const Target = z.object({ id: CheckoutId });
const Which = z.enum(['working', 'commit']);

export const checkoutContract = {
  list: procedure.output(eventIterator(z.array(CheckoutSummary))),
  /** A folder of this computer, for choosing; without a path the home folder. */
  browse: procedure
    .input(z.object({ path: LocalPath.optional() }))
    .output(z.object({ path: z.string(), parent: z.string().optional(), items: z.array(FolderItem), truncated: z.boolean() })),
  /** Opens a folder that pvr made. One that was opened already is the same checkout. */
  open: procedure.input(z.object({ path: LocalPath })).output(Target),
  /** Makes an empty checkout, as `pvr init` does, in a folder that is none yet. */
  create: procedure.input(z.object({ path: LocalPath })).output(Target),
  /** Takes it off the list; the folder stays. */
  close: procedure.input(Target).output(z.object({})),
  watch: procedure.input(Target).output(eventIterator(CheckoutView)),
  /** The state's raw text: canonical as pvr commits it. */
  state: procedure.input(Target.extend({ which: Which })).output(z.object({ text: z.string(), sha: z.string() })),
  /** At most `maxBytes` of an object, from the working tree or the object store. */
  object: procedure
    .input(Target.extend({ sha: z.string(), maxBytes: z.number().int().min(1).max(5_000_000) }))
    .output(z.object({ size: z.number().optional(), bytes: z.instanceof(Blob), truncated: z.boolean() })),
  /** A file of the working tree as it is. `mark` names these bytes for `writeFile`. */
  file: procedure
    .input(Target.extend({ path: z.string(), maxBytes: z.number().int().min(1).max(5_000_000) }))
    .output(z.object({ size: z.number(), bytes: z.instanceof(Blob), truncated: z.boolean(), mark: z.string() })),
  /** Writes a text file; CONFLICT when it is not what `mark` names any more. Without a mark the file must not be there. */
  writeFile: procedure
    .input(Target.extend({ path: z.string(), text: z.string().max(8_000_000), mark: z.string().optional() }))
    .output(z.object({ mark: z.string() })),
  /** Removes files of the working tree; they are in the backup. */
  removeFiles: procedure.input(Target.extend({ paths: z.array(z.string()).min(1) })).output(z.object({})),
  /** Begins to track; without paths everything that is untracked. `raw`: also JSON becomes an object. */
  add: procedure.input(Target.extend({ paths: z.array(z.string()), raw: z.boolean() })).output(z.object({ added: z.number() })),
  /** Takes back that files were added and not committed yet: they stay in the folder. */
  forgetAdded: procedure.input(Target.extend({ paths: z.array(z.string()).min(1) })).output(z.object({})),
  commit: procedure.input(Target.extend({ message: z.string().max(2000) })).output(eventIterator(WorkNews)),
  /** Puts files back to what is committed; without paths everything, as `pvr reset` does. What it overwrites goes into the backup. */
  reset: procedure.input(Target.extend({ paths: z.array(z.string()) })).output(eventIterator(WorkNews)),
  restoreBackup: procedure.input(Target.extend({ backupId: z.string() })).output(z.object({})),
  mend: procedure.input(Target.extend({ ids: z.array(z.string()).min(1) })).output(eventIterator(WorkNews)),
  /** A new checkout of a device, a hub's device, an export or another checkout. The folder must not exist, or be empty. */
  clone: procedure.input(z.object({ from: StateOrigin, parts: Parts, path: LocalPath })).output(eventIterator(WorkNews)),
  partsPlan: procedure
    .input(Target.extend({ from: StateOrigin, parts: Parts, mode: z.enum(['get', 'merge']) }))
    .output(PartsPlan),
  /** Takes parts from elsewhere into the committed state, and checks them out. */
  takeParts: procedure
    .input(Target.extend({ from: StateOrigin, parts: Parts, mode: z.enum(['get', 'merge']) }))
    .output(eventIterator(WorkNews)),
  /** Writes a tarball that pvr reads; gzip where the name ends in .gz or .tgz. */
  exportTo: procedure.input(Target.extend({ path: LocalPath, parts: z.array(z.string()) })).output(eventIterator(WorkNews)),
  /** Takes an export's state for the committed one, as `pvr import` does, and checks it out. */
  importFrom: procedure.input(Target.extend({ path: LocalPath })).output(eventIterator(WorkNews)),
  setRemotes: procedure.input(Target.extend({ remotes: Remotes })).output(z.object({})),
  /** A draft for a device with the committed state in it: its forecast, its preflight and its post are those of any draft. */
  draftFor: procedure.input(Target.extend({ deviceId: DeviceId, which: Which })).output(eventIterator(WorkNews)),
  /**
   * Parts of one device's state onto another's, as `pvr fastcopy` does, but with their objects: a draft of the other device. Each pair
   * copies the part `from` as the part `to`; no pair copies everything.
   */
  fastCopy: procedure
    .input(
      z.object({
        from: StateOrigin,
        to: DeviceId,
        pairs: z.array(z.object({ from: z.string(), to: z.string() })),
        merge: z.boolean(),
      }),
    )
    .output(eventIterator(WorkNews)),
  /** The state of an export or of what a reference names, to look at and to compare. */
  lookAt: procedure.input(z.object({ from: StateOrigin })).output(z.object({ text: z.string(), sha: z.string() })),
  apps: procedure.input(Target).output(z.array(AppView)),
  editApp: procedure.input(Target.extend({ app: z.string(), edit: AppEdit })).output(z.object({})),
  pvr: procedure.output(PvrProgram),
  runPvr: procedure.input(Target.extend({ command: PvrCommand })).output(eventIterator(WorkNews)),
};
