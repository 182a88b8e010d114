import type { Via } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceId, DraftId, UpdateId } from '../../shared/contract/ids.ts';
import type { BackgroundWork } from '../../shared/contract/settings.ts';
import type { DeviceFacts, PostPlan, UpdateView } from '../../shared/contract/update.ts';
import type { PreflightFinding } from '../../shared/forecast/preflight-types.ts';
import type { RevisionName } from '../../shared/state/ids.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { Listeners } from '../fleet/listeners.ts';
import { checkCancelled } from '../net/deadline.ts';
import type { Profile } from '../storage/profile.ts';
import type { StartTexts, UpdateJournal } from '../storage/updates.ts';
import { ActiveUpdate, activityText } from './active-update.ts';
import { draftFacts, knownFacts } from './device-facts.ts';
import type { Drafts } from './drafts.ts';
import { hubText } from './hub-post.ts';
import { cancelOnHub, hubOf, markWontgoOnHub, nextNumber } from './hub-steps.ts';
import { objectNamesIn } from './missing-objects.ts';
import { checkedName, checkedNumber, takenNames } from './names.ts';
import { heardOnce, type Move, newJournal } from './new-journal.ts';
import { outlookOf } from './outlook.ts';
import { postPlan } from './plan.ts';
import { checkState, refuseUnlessAccepted, summaryOf, type VerifySignatures } from './preflight-check.ts';
import type { States } from './states.ts';
import { viewOf } from './update-view.ts';

export interface UpdatePorts {
  readonly fleet: Fleet;
  readonly profile: Profile;
  readonly drafts: Drafts;
  readonly states: States;
  readonly now: () => number;
  readonly report: (error: unknown) => void;
  /** Absent where nobody verifies signatures. */
  readonly verifySignatures?: VerifySignatures;
}

/** Milliseconds between two words about bytes on their way; everything else is told at once. */
const tellEvery = 100;
const listLimit = 200;

export interface PostInput {
  readonly draftId: DraftId;
  readonly version: number;
  readonly name: string;
  readonly message: string;
  readonly via: Via;
  readonly acceptRefusal?: boolean | undefined;
}

/** All updates: those on their way, and those that ended. At most one at a time moves a device. */
export class Updates {
  readonly changes = new Listeners<UpdateView>();
  readonly #ports: UpdatePorts;
  readonly #active = new Map<UpdateId, ActiveUpdate>();
  readonly #driving = new Map<UpdateId, Promise<void>>();
  readonly #told = new Map<UpdateId, { at: number; timer: NodeJS.Timeout | undefined; phase: string }>();

  constructor(ports: UpdatePorts) {
    this.#ports = ports;
  }

  /** Goes on with what was under way when Trailboss last ended. */
  resumeOpen(): void {
    const devices = new Set(this.#ports.fleet.all().map(({ record }) => record.id));
    for (const journal of this.#ports.profile.updates.open()) {
      if (devices.has(journal.deviceId) && !this.#active.has(journal.id)) this.#drive(journal);
    }
  }

  /** Goes on over the new way after a device's connection was edited. */
  async reconnected(device: DeviceId): Promise<void> {
    const mine = [...this.#active.values()].filter(({ journal }) => journal.deviceId === device);
    await Promise.all(mine.map(({ journal }) => this.#driving.get(journal.id)));
    this.resumeOpen();
  }

  get(id: UpdateId): UpdateView {
    const active = this.#active.get(id);
    if (active) return active.view;
    const journal = this.#ports.profile.updates.get(id);
    if (journal) return viewOf(journal, this.#ports.profile.updates.reports(id));
    throw new TrailbossError('NOT_FOUND', {
      what: 'This update is not known here.',
      unchanged: 'Nothing was done.',
      next: 'Look at the timeline of the device.',
    });
  }

  list(device: DeviceId | undefined): readonly UpdateView[] {
    return this.#ports.profile.updates
      .list(device, listLimit)
      .map((journal) => viewOf(this.#active.get(journal.id)?.journal ?? journal, []));
  }

  plan(input: { draftId: DraftId; via?: Via | undefined }, signal: AbortSignal): Promise<PostPlan> {
    const draft = this.#ports.drafts.get(input.draftId);
    const { fleet, profile } = this.#ports;
    const watch = fleet.device(draft.deviceId);
    const doneAt = profile.updates.doneAt(draft.deviceId);
    const latest = profile.updates.list(draft.deviceId, listLimit).filter(({ kind, accepted }) => kind === 'post' && accepted);
    const posted = latest.map(({ revision }) => revision);
    return postPlan({ watch, objects: profile.objects, draft, doneAt, posted, via: input.via }, signal);
  }

  /** What preflight is told of the device while a draft of it is edited. */
  facts(draftId: DraftId, signal: AbortSignal): Promise<DeviceFacts> {
    const draft = this.#ports.drafts.get(draftId);
    const { fleet, profile } = this.#ports;
    return draftFacts(fleet.device(draft.deviceId), profile.objects, draft, undefined, signal);
  }

  /**
   * Writes the journal and begins; the draft stays until the device or its hub has the revision. BAD_STATE where preflight says that the
   * device will refuse it, unless that is accepted.
   */
  async post(input: PostInput, signal: AbortSignal): Promise<UpdateId> {
    const { via, message } = input;
    const draft = this.#ports.drafts.get(input.draftId);
    if (draft.version !== input.version) throw draftChanged();
    if (Object.keys(draft.unfinished).length > 0) throw unfinishedDraft(Object.keys(draft.unfinished));
    const watch = this.#ports.fleet.device(draft.deviceId);
    if (via === 'hub') {
      hubOf(watch, 'Posting to the hub');
      const move = { revision: checkedNumber(input.name), text: hubText(draft.text) };
      return this.#begin(watch, { kind: 'post', via, message, draftId: draft.id, ...move }, signal, input);
    }
    if (watch.link.by('lan') === undefined) throw notNear('Posting to the device itself');
    const revision = checkedName(input.name, takenNames(watch.observed.steps?.list ?? []));
    return this.#begin(watch, { kind: 'post', via, revision, message, text: draft.text, draftId: draft.id }, signal, input);
  }

  /** Runs a revision that is on the device already; where only its hub is reached, posts its state again as the next one. */
  async run(device: DeviceId, revision: RevisionName, signal: AbortSignal): Promise<UpdateId> {
    const watch = this.#ports.fleet.device(device);
    const { text } = await this.#ports.states.read(device, revision, signal);
    if (!watch.link.by('lan')?.capabilities.runRevision && watch.hub) {
      const again = checkedNumber(await nextNumber(watch.hub, signal));
      const message = `Go back to revision ${revision}`;
      const move = { kind: 'post', via: 'hub', revision: again, message, text: hubText(text), draftId: undefined } as const;
      return this.#begin(watch, move, signal);
    }
    const message = watch.observed.steps?.list.find((step) => step.name === revision)?.message ?? '';
    return this.#begin(watch, { kind: 'run', via: 'lan', revision, message, text, draftId: undefined }, signal);
  }

  async reboot(device: DeviceId, signal: AbortSignal): Promise<UpdateId> {
    const watch = this.#ports.fleet.device(device);
    if (watch.link.by('lan') === undefined) throw notNear('Rebooting');
    const revision = watch.observed.running;
    if (revision === undefined) throw runningUnknown();
    return this.#begin(watch, { kind: 'reboot', via: 'lan', revision, message: '', text: undefined, draftId: undefined }, signal);
  }

  cancel(id: UpdateId): void {
    this.#active.get(id)?.cancel();
  }

  retry(id: UpdateId): void {
    this.#active.get(id)?.retry();
  }

  async cancelRevision(device: DeviceId, revision: RevisionName, signal: AbortSignal): Promise<void> {
    await cancelOnHub(this.#ports.fleet.device(device), revision, this.#ports.profile.activity, signal);
  }

  async markWontgo(device: DeviceId, revision: RevisionName, signal: AbortSignal): Promise<void> {
    await markWontgoOnHub(this.#ports.fleet.device(device), revision, this.#ports.profile.activity, signal);
  }

  /** What runs in the background, for the status bar. */
  work(): readonly BackgroundWork[] {
    const names = new Map(this.#ports.fleet.all().map(({ record }) => [record.id, record.name]));
    return [...this.#active.values()].flatMap(({ journal, bytes }) => {
      const name = names.get(journal.deviceId);
      if (name === undefined) return [];
      const text = `${name}: ${journal.kind === 'reboot' ? 'rebooting' : journal.revision}`;
      const shows = { kind: 'update', deviceId: journal.deviceId, updateId: journal.id } as const;
      return [{ id: journal.id, text, cancellable: !journal.runTried, shows, ...(bytes && { progress: bytes }) }];
    });
  }

  /** Objects that an update on its way may still have to send. */
  objectsInUse(): ReadonlySet<string> {
    const texts = this.#ports.profile.updates.open().flatMap((journal) => this.#ports.profile.updates.state(journal.id) ?? []);
    return new Set(texts.flatMap((text) => [...objectNamesIn(text)]));
  }

  /** Waits for what was on its way to stop; the journal stays as it is. The fleet is closed before. */
  async close(): Promise<void> {
    await Promise.all(this.#driving.values());
    for (const told of this.#told.values()) clearTimeout(told.timer);
  }

  /** @param post what a person posts, who has seen what preflight says of it; a revision that is there already is only run. */
  async #begin(watch: DeviceWatch, move: Move, signal: AbortSignal, post?: PostInput): Promise<UpdateId> {
    const { profile, states, now } = this.#ports;
    await this.#makeWay(watch.record.id);
    await heardOnce(watch);
    const outlook = await outlookOf(watch, states, move, signal);
    checkCancelled(signal);
    const findings = await this.#preflight(watch, move, outlook.start, signal, post);
    if (post !== undefined) refuseUnlessAccepted(findings ?? [], post.acceptRefusal === true);
    checkCancelled(signal);
    const begun = newJournal(watch, move, outlook, profile.updates.doneAt(watch.record.id), now());
    const journal = { ...begun, ...(findings && { preflight: summaryOf(findings) }) };
    if (this.#activeOf(watch.record.id)) throw busy();
    profile.updates.save(journal, move.text, outlook.start);
    const update = { id: journal.id, revision: journal.revision };
    profile.activity.record({ what: activityText(journal), result: 'started', device: watch.record, update });
    this.#drive(journal);
    return journal.id;
  }

  /** A revision that is there already is neither asked for again object by object, nor named anew. */
  async #preflight(
    watch: DeviceWatch,
    { kind, text, via, revision }: Move,
    start: StartTexts | undefined,
    signal: AbortSignal,
    post: PostInput | undefined,
  ): Promise<readonly PreflightFinding[] | undefined> {
    if (text === undefined) return undefined;
    const { profile, drafts, verifySignatures: verify } = this.#ports;
    const facts =
      post === undefined
        ? await knownFacts(watch, signal)
        : await draftFacts(watch, profile.objects, drafts.get(post.draftId), via, signal);
    return checkState({ watch, via, revision: kind === 'post' ? revision : undefined, text, start, facts, verify });
  }

  /** An update that somebody was quicker than has posted nothing and never will: the next one takes its place. */
  async #makeWay(device: DeviceId): Promise<void> {
    const active = this.#activeOf(device);
    if (!active) return;
    if (!active.wasOvertaken) throw busy();
    active.cancel();
    await this.#driving.get(active.journal.id);
  }

  #activeOf(device: DeviceId): ActiveUpdate | undefined {
    return [...this.#active.values()].find((update) => update.journal.deviceId === device);
  }

  #drive(journal: UpdateJournal): void {
    const { profile, now, fleet, report } = this.#ports;
    const update = new ActiveUpdate(journal, {
      watch: fleet.device(journal.deviceId),
      profile,
      now,
      onChange: (changed) => this.#tell(changed),
      onAccepted: (accepted) => this.#retireIfTaken(accepted.journal),
    });
    this.#active.set(journal.id, update);
    const driving = update
      .drive()
      .catch(report)
      .then(() => this.#retireIfTaken(update.journal))
      .finally(() => {
        this.#driving.delete(journal.id);
        this.#active.delete(journal.id);
        this.changes.tell(update.view);
      });
    this.#driving.set(journal.id, driving);
  }

  /** A full disk keeps a draft that has done its work, and nothing else. */
  #retireIfTaken(journal: UpdateJournal): void {
    if (!journal.accepted || journal.phase === 'cancelled') return;
    try {
      this.#retireDraft(journal);
    } catch (error) {
      this.#ports.report(error);
    }
  }

  /** A posted draft has done its work once the device or its hub has its revision. */
  #retireDraft(journal: UpdateJournal): void {
    const { draftId } = journal;
    const draft =
      draftId === undefined ? undefined : this.#ports.profile.drafts.all().find((candidate) => candidate.id === draftId);
    const posted = this.#ports.profile.updates.state(journal.id);
    const text = draft && journal.via === 'hub' ? hubText(draft.text) : draft?.text;
    if (draft && text === posted) this.#ports.drafts.drop(draft.id);
  }

  #tell(update: ActiveUpdate): void {
    const { id, phase } = update.journal;
    const told = this.#told.get(id) ?? { at: 0, timer: undefined, phase: '' };
    this.#told.set(id, told);
    const tellNow = () => {
      clearTimeout(told.timer);
      told.timer = undefined;
      told.at = Date.now();
      told.phase = update.journal.phase;
      this.changes.tell(update.view);
    };
    if (phase !== told.phase || Date.now() - told.at >= tellEvery) tellNow();
    else told.timer ??= setTimeout(tellNow, tellEvery);
  }
}

function busy(): TrailbossError {
  return new TrailbossError('DEVICE_BUSY', {
    what: 'Another update of this device is on its way.',
    unchanged: 'Nothing was sent; the draft is as it was.',
    next: 'Wait for its end, or cancel it while it uploads.',
  });
}

function draftChanged(): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: 'The draft was changed after the forecast that you saw.',
    unchanged: 'Nothing was sent.',
    next: 'Read the forecast again, and post then.',
  });
}

function unfinishedDraft(keys: readonly string[]): TrailbossError {
  return new TrailbossError('BAD_STATE', {
    what: `${keys.length === 1 ? 'An entry is' : `${keys.length} entries are`} not valid JSON yet: ${keys.join(', ')}.`,
    unchanged: 'Nothing was sent; the draft is as it was.',
    next: 'Finish or revert these entries, and post then.',
  });
}

function notNear(doing: string): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: `${doing} needs the local network, and no address of this device is known.`,
    unchanged: 'Nothing was sent.',
    next: 'Add the device’s address in its connection.',
  });
}

function runningUnknown(): TrailbossError {
  return new TrailbossError('WAY_MISSING', {
    what: 'It is not known which revision runs, so a reboot could not be watched.',
    unchanged: 'Nothing was sent.',
    next: 'Open SSH to the device; the device screen says how.',
  });
}
