import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { compareStates } from '../../shared/compare/compare.ts';
import type { Draft, DraftSummary, EditBatch, RebasePlan } from '../../shared/contract/draft.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { type DeviceId, DraftId, type FileId, type SeriesId } from '../../shared/contract/ids.ts';
import type { OwnPolicy } from '../../shared/state/containers.ts';
import { type Edited, removeContainer, removeEntry, renameEntry, setJson, setObject } from '../../shared/state/edit.ts';
import { setGroup, setRestartPolicy } from '../../shared/state/policy.ts';
import { rebase, rebased, type Side } from '../../shared/state/rebase.ts';
import { restoreEntry } from '../../shared/state/restore.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { DraftHead, DraftStore, RemovedDraft } from '../storage/drafts.ts';
import type { ObjectStore } from '../storage/objects.ts';
import { DraftHistory, type EditName } from './draft-history.ts';
import type { FileIntake } from './file-intake.ts';
import type { States } from './states.ts';

export interface DraftPorts {
  readonly drafts: DraftStore;
  readonly objects: ObjectStore;
  readonly states: Pick<States, 'read'>;
  readonly intake: FileIntake;
  readonly now: () => number;
}

/** What a draft is made of that was not read from its device by hand: another device's change, a copy. */
export interface NewDraft {
  readonly deviceId: DeviceId;
  readonly base: Draft['base'];
  readonly text: string;
  readonly objects: Draft['objects'];
  readonly title: string;
  readonly unfinished?: Draft['unfinished'];
  readonly seriesId?: SeriesId;
}

/** Typing in one entry that pauses for longer than this, in milliseconds, begins an undo step of its own. */
const typingPause = 4_000;

/** So many discarded drafts can be brought back. */
const keptDiscarded = 50;

/** Inline JSON larger than this is refused: it belongs into an object. */
const maxInlineBytes = 8 * 1024 * 1024;

/** States being edited. Every edit is stored before it is answered; an edit that would make no state leaves the draft as it was. */
export class Drafts {
  /** A draft that was edited, or is gone. */
  readonly changes = new Listeners<Pick<Draft, 'id'>>();
  readonly listChanges = new Listeners<void>();
  readonly #ports: DraftPorts;
  readonly #history: DraftHistory;
  readonly #discarded = new Map<DraftId, RemovedDraft>();
  readonly #counts = new Map<DraftId, { readonly version: number; readonly changes: number }>();

  constructor(ports: DraftPorts) {
    this.#ports = ports;
    this.#history = new DraftHistory(ports.drafts);
  }

  get(id: DraftId): Draft {
    const draft = this.#ports.drafts.get(id);
    if (draft) return draft;
    throw new TrailbossError('NOT_FOUND', {
      what: 'This draft is gone: it was posted or discarded.',
      unchanged: 'Nothing was changed.',
      next: 'Start a new draft from the revision you want to change.',
    });
  }

  list(device: DeviceId | undefined): readonly DraftSummary[] {
    return this.#ports.drafts
      .heads()
      .filter((head) => device === undefined || head.deviceId === device)
      .flatMap((head) => {
        const changes = this.#changesOf(head);
        if (changes === undefined) return [];
        const { id, deviceId, title, base, seriesId, changedAt } = head;
        return [{ id, deviceId, title, base, ...(seriesId !== undefined && { seriesId }), changes, changedAt }];
      });
  }

  async create(deviceId: DeviceId, revision: string, signal: AbortSignal): Promise<Draft> {
    const base = await this.#ports.states.read(deviceId, revision, signal);
    return this.createWith({ deviceId, base, text: base.text, objects: [], title: '' });
  }

  /** Stores a draft whose text is known already. Throws BAD_STATE when a text is no state. */
  createWith({ deviceId, base, text, objects, title, unfinished = {}, seriesId }: NewDraft): Draft {
    for (const one of new Set([base.text, text])) stateOf(one);
    const now = this.#ports.now();
    const draft: Draft = {
      id: DraftId.parse(randomUUID()),
      deviceId,
      version: 1,
      base: { ...base },
      text,
      objects: [...objects],
      title,
      createdAt: now,
      changedAt: now,
      unfinished: { ...unfinished },
    };
    this.#ports.drafts.save(draft, seriesId);
    this.listChanges.tell();
    return draft;
  }

  /** Another draft with the same base and the same changes; it has no history yet. */
  duplicate(id: DraftId, title: string): Draft {
    const { deviceId, base, text, objects, unfinished } = this.get(id);
    return this.createWith({ deviceId, base, text, objects, unfinished, title });
  }

  setTitle(id: DraftId, title: string): Draft {
    const draft = this.get(id);
    return draft.title === title ? draft : this.#save(draft, { title }, undefined);
  }

  undo(id: DraftId, version: number): Draft {
    return this.#step(id, version, 'undo');
  }

  redo(id: DraftId, version: number): Draft {
    return this.#step(id, version, 'redo');
  }

  /** JSON that is not valid yet is kept beside the state, as typed. */
  setJson(id: DraftId, version: number, key: string, text: string, batch?: EditBatch): Draft {
    const draft = this.#at(id, version);
    if (Buffer.byteLength(text) > maxInlineBytes) throw refused(`${key} is larger than ${maxInlineBytes / 1024 / 1024} MB.`);
    const { [key]: _before, ...others } = draft.unfinished;
    const edited = setJson(stateOf(draft.text), key, text);
    const label = stateOf(draft.text).byKey.has(key) ? `edit ${key}` : `add ${key}`;
    const name = batch ? batched(batch) : { label, run: { id: `type ${key}`, within: typingPause } };
    if (edited.ok) return this.#save(draft, { text: edited.state.text, unfinished: others }, name);
    return this.#save(draft, { unfinished: { ...others, [key]: text } }, name);
  }

  /** Writes several inline entries, by key, as one step. */
  setAll(id: DraftId, version: number, texts: ReadonlyMap<string, string>, label: string): Draft {
    const keys = [...texts.keys()];
    const set = (state: StateDocument, key: string) => setJson(state, key, texts.get(key) ?? '');
    return this.#edit(id, version, label, (state) => chain(state, keys, set), keys);
  }

  /** Refers a key to a file that was taken in, or writes its JSON inline. */
  async setFile(id: DraftId, version: number, key: string, fileId: FileId, asObject: boolean, batch?: EditBatch): Promise<Draft> {
    const { intake, objects: store } = this.#ports;
    this.#at(id, version);
    const nameOf = (draft: Draft): EditName =>
      batch ? batched(batch) : { label: `${stateOf(draft.text).byKey.has(key) ? 'replace' : 'add'} ${key}` };
    const { sha, size } = await intake.finish(fileId);
    if (key.endsWith('.json') && !asObject) {
      if (size > maxInlineBytes) throw refused(`${key} is larger than ${maxInlineBytes / 1024 / 1024} MB; add it as an object.`);
      const json = await text(store.read(sha, AbortSignal.timeout(60_000)));
      return this.#edit(id, version, nameOf(this.get(id)), (state) => setJson(state, key, json), [key]);
    }
    const draft = this.#at(id, version);
    const edited = accepted(setObject(stateOf(draft.text), key, sha));
    const objects = [
      ...draft.objects.filter((object) => object.sha !== sha),
      { sha, size, fileName: key.split('/').at(-1) ?? key },
    ];
    return this.#save(draft, { text: edited.text, objects, unfinished: without(draft.unfinished, [key]) }, nameOf(draft));
  }

  remove(id: DraftId, version: number, keys: readonly string[]): Draft {
    return this.#edit(id, version, `remove ${counted(keys)}`, (state) => chain(state, keys, removeEntry), keys);
  }

  removeContainer(id: DraftId, version: number, container: string): Draft {
    return this.#edit(id, version, `remove the container ${container}`, (state) => removeContainer(state, container));
  }

  rename(id: DraftId, version: number, from: string, to: string): Draft {
    return this.#edit(id, version, `rename ${from} → ${to}`, (state) => renameEntry(state, from, to), [from]);
  }

  setPolicy(id: DraftId, version: number, container: string, policy: OwnPolicy): Draft {
    return this.#edit(id, version, `restart policy of ${container}`, (state) => setRestartPolicy(state, container, policy));
  }

  setGroup(id: DraftId, version: number, container: string, group: string | null): Draft {
    const choice = group === null ? { kind: 'inherit' as const } : { kind: 'group' as const, name: group };
    return this.#edit(id, version, `group of ${container}`, (state) => setGroup(state, container, choice));
  }

  /** Puts entries back to what the base has: removed ones come back, added ones go, byte for byte. */
  revert(id: DraftId, version: number, keys: readonly string[]): Draft {
    const draft = this.#at(id, version);
    const base = stateOf(draft.base.text);
    const restore = (state: StateDocument) => chain(state, keys, (current, key) => restoreEntry(current, base, key));
    return this.#edit(id, version, `revert ${counted(keys)}`, restore, keys);
  }

  /** What moving the draft onto another revision would do. */
  async rebasePlan(id: DraftId, revision: string, signal: AbortSignal): Promise<RebasePlan> {
    const draft = this.get(id);
    const theirs = await this.#ports.states.read(draft.deviceId, revision, signal);
    const { mine, theirs: changed, conflicts } = rebase(stateOf(draft.base.text), stateOf(draft.text), stateOf(theirs.text));
    return {
      from: draft.base.revision,
      to: theirs.revision,
      mine: [...mine],
      theirs: [...changed],
      conflicts: conflicts.map((conflict) => ({ ...conflict })),
    };
  }

  /** Moves the draft onto another revision; entries whose text is unfinished keep it, and objects stay. */
  async rebase(
    id: DraftId,
    version: number,
    revision: string,
    sides: Readonly<Record<string, Side>>,
    signal: AbortSignal,
  ): Promise<Draft> {
    const { deviceId } = this.#at(id, version);
    const theirs = await this.#ports.states.read(deviceId, revision, signal);
    const draft = this.#at(id, version);
    const moved = accepted(rebased(stateOf(draft.base.text), stateOf(draft.text), stateOf(theirs.text), sides));
    return this.#save(draft, { base: theirs, text: moved.text }, { label: `rebase onto ${revision}` });
  }

  /** Takes a draft away that can be brought back. */
  discard(id: DraftId): void {
    this.get(id);
    const removed = this.#ports.drafts.remove(id);
    if (removed) this.#keepDiscarded(removed);
    this.#tellGone(id);
  }

  /** Takes a draft away for good: it was posted, or the series that made it has no use for it. */
  drop(id: DraftId): void {
    this.#ports.drafts.remove(id);
    this.#tellGone(id);
  }

  /** Brings a discarded draft back with its history, as long as the program runs. */
  restore(id: DraftId): Draft {
    const removed = this.#discarded.get(id);
    if (removed === undefined || !this.#ports.drafts.putBack(removed)) throw notRestored();
    this.#discarded.delete(id);
    return this.#tell(this.get(id));
  }

  /** Objects that some draft needs from this computer's store, now or after an undo. */
  objectsInUse(): ReadonlySet<string> {
    // A discarded draft can be brought back, and its history with it.
    const discarded = [...this.#discarded.values()].flatMap(({ draft, steps }) => [
      ...draft.objects.map(({ sha }) => sha),
      ...steps.flatMap(({ shas }) => shas),
    ]);
    return new Set([...this.#ports.drafts.objects(), ...discarded]);
  }

  #tellGone(id: DraftId): void {
    this.#counts.delete(id);
    this.changes.tell({ id });
    this.listChanges.tell();
  }

  #keepDiscarded(removed: RemovedDraft): void {
    this.#discarded.set(removed.draft.id, removed);
    const [oldest] = this.#discarded.keys();
    if (this.#discarded.size > keptDiscarded && oldest !== undefined) this.#discarded.delete(oldest);
  }

  /** Undefined for a draft that can't be read; it stays where it is. */
  #changesOf({ id, version }: DraftHead): number | undefined {
    const known = this.#counts.get(id);
    if (known?.version === version) return known.changes;
    const draft = this.#ports.drafts.get(id);
    if (draft === undefined) return undefined;
    const changes = changeCount(draft);
    this.#counts.set(id, { version, changes });
    return changes;
  }

  #edit(
    id: DraftId,
    version: number,
    name: EditName | string,
    edit: (state: StateDocument) => Edited,
    touched: readonly string[] = [],
  ): Draft {
    const draft = this.#at(id, version);
    const { text } = accepted(edit(stateOf(draft.text)));
    const unfinished = without(draft.unfinished, touched);
    return this.#save(draft, { text, unfinished }, typeof name === 'string' ? { label: name } : name);
  }

  #step(id: DraftId, version: number, by: 'undo' | 'redo'): Draft {
    const draft = this.#at(id, version);
    const moved = this.#history.step(draft, by, this.#ports.now());
    if (moved === undefined) throw refused(by === 'undo' ? 'there is nothing to undo.' : 'there is nothing to redo.');
    return this.#tell(moved);
  }

  #at(id: DraftId, version: number): Draft {
    const draft = this.get(id);
    if (draft.version === version) return draft;
    throw new TrailbossError('CONFLICT', {
      what: 'This draft was changed in another window meanwhile.',
      unchanged: 'Your last edit was not taken.',
      next: 'The newest version is shown now; make the edit again.',
    });
  }

  /** Stores what an edit gives; without a name it is no step of the history. */
  #save(before: Draft, edited: Partial<Draft>, name: EditName | undefined): Draft {
    const after = { ...before, ...edited, version: before.version + 1, changedAt: this.#ports.now() };
    if (name !== undefined) return this.#tell(this.#history.record(before, after, name));
    this.#ports.drafts.save(after);
    return this.#tell(after);
  }

  #tell(draft: Draft): Draft {
    this.changes.tell(draft);
    this.listChanges.tell();
    return draft;
  }
}

/** All edits of one batch are one step, however long they take. */
function batched({ id, label }: EditBatch): EditName {
  return { label, run: { id: `batch ${id}`, within: Number.POSITIVE_INFINITY } };
}

/** What entries are called in the name of a step. */
function counted(keys: readonly string[]): string {
  return keys.length === 1 && keys[0] !== undefined ? keys[0] : `${keys.length} entries`;
}

function chain(state: StateDocument, keys: readonly string[], edit: (state: StateDocument, key: string) => Edited): Edited {
  let current = state;
  for (const key of keys) {
    const edited = edit(current, key);
    if (!edited.ok) return edited;
    current = edited.state;
  }
  return { ok: true, state: current };
}

function accepted(edited: Edited): StateDocument {
  if (edited.ok) return edited.state;
  throw refused(edited.reason);
}

function without(unfinished: Draft['unfinished'], keys: readonly string[]): Draft['unfinished'] {
  return Object.fromEntries(Object.entries(unfinished).filter(([key]) => !keys.includes(key)));
}

function changeCount(draft: Draft): number {
  if (draft.text === draft.base.text) return Object.keys(draft.unfinished).length;
  const base = parseState(draft.base.text);
  const next = parseState(draft.text);
  // A draft that another version of Trailboss could read must not break the list of all.
  return base.ok && next.ok ? compareStates(base.state, next.state).changes.length : 0;
}

/** BAD_STATE with the parser's own reason. */
export function stateOf(text: string): StateDocument {
  const parsed = parseState(text);
  if (parsed.ok) return parsed.state;
  throw new TrailbossError('BAD_STATE', {
    what: `This is not a state that Trailboss can read: ${parsed.reason}`,
    unchanged: 'Nothing was changed.',
    next: 'Look at the raw text of the revision.',
  });
}

function refused(reason: string): TrailbossError {
  return new TrailbossError('BAD_STATE', {
    what: `The edit was not taken: ${reason}`,
    unchanged: 'The draft is as it was before.',
    next: 'Change the edit and try again.',
  });
}

function notRestored(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This draft can’t be brought back: the program was started anew since it was discarded, or its device was removed.',
    unchanged: 'Nothing was changed.',
    next: 'Start a new draft from the revision you want to change.',
  });
}
