import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { compareStates } from '../../shared/compare/compare.ts';
import type { Draft, DraftSummary, RebasePlan } from '../../shared/contract/draft.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { type DeviceId, DraftId, type FileId } from '../../shared/contract/ids.ts';
import type { OwnPolicy } from '../../shared/state/containers.ts';
import { type Edited, removeContainer, removeEntry, renameEntry, setJson, setObject } from '../../shared/state/edit.ts';
import { setGroup, setRestartPolicy } from '../../shared/state/policy.ts';
import { rebase, rebased, type Side } from '../../shared/state/rebase.ts';
import { restoreEntry } from '../../shared/state/restore.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import { Listeners } from '../fleet/listeners.ts';
import type { DraftStore } from '../storage/drafts.ts';
import type { ObjectStore } from '../storage/objects.ts';
import type { FileIntake } from './file-intake.ts';
import type { States } from './states.ts';

export interface DraftPorts {
  readonly drafts: DraftStore;
  readonly objects: ObjectStore;
  readonly states: Pick<States, 'read'>;
  readonly intake: FileIntake;
  readonly now: () => number;
}

/** Inline JSON larger than this is refused: it belongs into an object. */
const maxInlineBytes = 8 * 1024 * 1024;

/** States being edited. Every edit is stored before it is answered; an edit that would make no state leaves the draft as it was. */
export class Drafts {
  /** A draft that was edited, or is gone. */
  readonly changes = new Listeners<Pick<Draft, 'id'>>();
  readonly listChanges = new Listeners<void>();
  readonly #ports: DraftPorts;
  readonly #counts = new Map<DraftId, { readonly version: number; readonly changes: number }>();

  constructor(ports: DraftPorts) {
    this.#ports = ports;
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
      .all()
      .filter((draft) => device === undefined || draft.deviceId === device)
      .map((draft) => ({
        id: draft.id,
        deviceId: draft.deviceId,
        base: draft.base.revision,
        changes: this.#changesOf(draft),
        changedAt: draft.changedAt,
      }));
  }

  async create(deviceId: DeviceId, revision: string, signal: AbortSignal): Promise<Draft> {
    const base = await this.#ports.states.read(deviceId, revision, signal);
    stateOf(base.text);
    const now = this.#ports.now();
    const draft: Draft = {
      id: DraftId.parse(randomUUID()),
      deviceId,
      version: 1,
      base,
      text: base.text,
      objects: [],
      createdAt: now,
      changedAt: now,
      unfinished: {},
    };
    this.#ports.drafts.save(draft);
    this.listChanges.tell();
    return draft;
  }

  /** JSON that is not valid yet is kept beside the state, as typed. */
  setJson(id: DraftId, version: number, key: string, text: string): Draft {
    const draft = this.#at(id, version);
    if (Buffer.byteLength(text) > maxInlineBytes) throw refused(`${key} is larger than ${maxInlineBytes / 1024 / 1024} MB.`);
    const { [key]: _before, ...others } = draft.unfinished;
    const edited = setJson(stateOf(draft.text), key, text);
    if (edited.ok) return this.#save({ ...draft, text: edited.state.text, unfinished: others });
    return this.#save({ ...draft, unfinished: { ...others, [key]: text } });
  }

  /** Refers a key to a file that was taken in, or writes its JSON inline. */
  async setFile(id: DraftId, version: number, key: string, fileId: FileId, asObject: boolean): Promise<Draft> {
    const { intake, objects: store } = this.#ports;
    this.#at(id, version);
    const { sha, size } = await intake.finish(fileId);
    if (key.endsWith('.json') && !asObject) {
      if (size > maxInlineBytes) throw refused(`${key} is larger than ${maxInlineBytes / 1024 / 1024} MB; add it as an object.`);
      const json = await text(store.read(sha, AbortSignal.timeout(60_000)));
      return this.#edit(id, version, (state) => setJson(state, key, json), [key]);
    }
    const draft = this.#at(id, version);
    const edited = accepted(setObject(stateOf(draft.text), key, sha));
    const objects = [
      ...draft.objects.filter((object) => object.sha !== sha),
      { sha, size, fileName: key.split('/').at(-1) ?? key },
    ];
    return this.#save({ ...draft, text: edited.text, objects, unfinished: without(draft.unfinished, [key]) });
  }

  remove(id: DraftId, version: number, keys: readonly string[]): Draft {
    return this.#edit(id, version, (state) => chain(state, keys, removeEntry), keys);
  }

  removeContainer(id: DraftId, version: number, container: string): Draft {
    return this.#edit(id, version, (state) => removeContainer(state, container));
  }

  rename(id: DraftId, version: number, from: string, to: string): Draft {
    return this.#edit(id, version, (state) => renameEntry(state, from, to), [from]);
  }

  setPolicy(id: DraftId, version: number, container: string, policy: OwnPolicy): Draft {
    return this.#edit(id, version, (state) => setRestartPolicy(state, container, policy));
  }

  setGroup(id: DraftId, version: number, container: string, group: string | null): Draft {
    const choice = group === null ? { kind: 'inherit' as const } : { kind: 'group' as const, name: group };
    return this.#edit(id, version, (state) => setGroup(state, container, choice));
  }

  /** Puts entries back to what the base has: removed ones come back, added ones go, byte for byte. */
  revert(id: DraftId, version: number, keys: readonly string[]): Draft {
    const draft = this.#at(id, version);
    const base = stateOf(draft.base.text);
    return this.#edit(id, version, (state) => chain(state, keys, (current, key) => restoreEntry(current, base, key)), keys);
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
    return this.#save({ ...draft, base: theirs, text: moved.text });
  }

  discard(id: DraftId): void {
    this.get(id);
    this.#ports.drafts.remove(id);
    this.#counts.delete(id);
    this.changes.tell({ id });
    this.listChanges.tell();
  }

  /** Objects that some draft needs from this computer's store. */
  objectsInUse(): ReadonlySet<string> {
    return new Set(this.#ports.drafts.all().flatMap((draft) => draft.objects.map((object) => object.sha)));
  }

  #changesOf(draft: Draft): number {
    const { id, version } = draft;
    const known = this.#counts.get(id);
    if (known?.version === version) return known.changes;
    const changes = changeCount(draft);
    this.#counts.set(id, { version, changes });
    return changes;
  }

  #edit(id: DraftId, version: number, edit: (state: StateDocument) => Edited, touched: readonly string[] = []): Draft {
    const draft = this.#at(id, version);
    const edited = accepted(edit(stateOf(draft.text)));
    return this.#save({ ...draft, text: edited.text, unfinished: without(draft.unfinished, touched) });
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

  #save(draft: Draft): Draft {
    const saved = { ...draft, version: draft.version + 1, changedAt: this.#ports.now() };
    this.#ports.drafts.save(saved);
    this.changes.tell(saved);
    this.listChanges.tell();
    return saved;
  }
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
