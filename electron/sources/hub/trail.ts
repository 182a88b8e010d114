import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import type { Progress } from '../../../shared/progress/report.ts';
import { RevisionName } from '../../../shared/state/ids.ts';
import type { StepReport } from '../source.ts';
import type { HubClient, HubStep } from './hub.ts';
import { mostOpen } from './steps.ts';

/** How many revisions one page has, and how many are asked for again once the first page is known. */
const pageSize = 100;
const freshSize = 10;
/** So many readings later the whole first page is asked for again: an end may be reported anew (UPDATED becomes DONE). */
const wholeEvery = 20;

const ended = new Set(['DONE', 'UPDATED', 'WONTGO', 'ERROR', 'CANCEL', 'CANCELLED', 'CANCELED']);

/** What is known of one device's trail on its hub: the newest page, and older ones as they were asked for. */
export class HubTrail {
  readonly #client: HubClient;
  readonly #id: HubDeviceId;
  readonly #steps = new Map<number, HubStep>();
  /** Revisions that are not listed as open, and were asked for since the last whole page: their status may be a word of its own. */
  readonly #asked = new Set<number>();
  #oldest: number | undefined;
  #readings = 0;

  constructor(client: HubClient, device: HubDeviceId) {
    this.#client = client;
    this.#id = device;
  }

  /** Revisions are numbered from 0 without gaps, so the lowest number that is known tells. */
  get hasOlder(): boolean {
    return this.#oldest !== undefined && this.#oldest > 0;
  }

  nameOf(revision: number): RevisionName {
    return RevisionName.parse(String(revision));
  }

  /** Newest first. Asks for what may have changed: what is new, and what has not ended. */
  async read(signal: AbortSignal): Promise<readonly StepReport[]> {
    const whole = this.#readings % wholeEvery === 0;
    this.#readings += 1;
    if (whole) this.#asked.clear();
    const before = this.#newest();
    let page = await this.#page(undefined, whole ? pageSize : freshSize, signal);
    const reached = page.at(-1)?.revision ?? 0;
    // More is new than one look shows: nothing between may be left out.
    if (!whole && before !== undefined && reached > before + 1) page = await this.#page(undefined, pageSize, signal);
    const lowest = page.at(-1)?.revision ?? 0;
    if (before === undefined || lowest > before + 1) this.#beginWith(page);
    await this.#askForOpen(lowest, signal);
    return this.#list();
  }

  async loadOlder(signal: AbortSignal): Promise<void> {
    if (this.#oldest === undefined) await this.read(signal);
    if (this.#oldest === undefined || this.#oldest <= 0) return;
    const page = await this.#page(this.#oldest, pageSize, signal);
    this.#oldest = page.length === 0 ? 0 : Math.min(this.#oldest, ...page.map((step) => step.revision));
  }

  async progress(revision: number, signal: AbortSignal): Promise<Progress | undefined> {
    const step = await this.#client.step(this.#id, revision, signal);
    if (step === undefined || step.garbage) return undefined;
    // One of an older page that is not shown would leave a gap before it.
    if (this.#oldest !== undefined && revision >= this.#oldest) this.#steps.set(revision, step);
    return step.progress;
  }

  async #page(before: number | undefined, count: number, signal: AbortSignal): Promise<readonly HubStep[]> {
    const page = await this.#client.steps(this.#id, { before, count }, signal);
    for (const step of page) this.#steps.set(step.revision, step);
    return page;
  }

  /** So much is new that the pages read before do not join: they are read again on demand. */
  #beginWith(page: readonly HubStep[]): void {
    this.#steps.clear();
    for (const step of page) this.#steps.set(step.revision, step);
    this.#oldest = page.at(-1)?.revision;
  }

  async #askForOpen(below: number, signal: AbortSignal): Promise<void> {
    const open = [...this.#steps.values()].filter(({ revision, progress }) => revision < below && !ended.has(progress.status));
    if (open.length === 0) return;
    const now = await this.#client.openSteps(this.#id, signal);
    for (const step of now) if (this.#steps.has(step.revision)) this.#steps.set(step.revision, step);
    const stillOpen = new Set(now.map((step) => step.revision));
    for (const revision of stillOpen) this.#asked.delete(revision);
    // Of a pile that is higher than the list, what lies above the list is still on the pile.
    const listedUpTo = now.length < mostOpen ? Number.POSITIVE_INFINITY : Math.max(...stillOpen);
    for (const { revision } of open) {
      if (stillOpen.has(revision) || revision > listedUpTo || this.#asked.has(revision)) continue;
      const step = await this.#client.step(this.#id, revision, signal);
      this.#asked.add(revision);
      if (step) this.#steps.set(revision, step);
    }
  }

  #newest(): number | undefined {
    return this.#steps.size === 0 ? undefined : Math.max(...this.#steps.keys());
  }

  #list(): readonly StepReport[] {
    return [...this.#steps.values()]
      .filter((step) => !step.garbage)
      .sort((a, b) => b.revision - a.revision)
      .map((step) => this.#report(step));
  }

  #report(step: HubStep): StepReport {
    return {
      name: this.nameOf(step.revision),
      date: step.createdAt === undefined ? undefined : new Date(step.createdAt).toISOString(),
      message: step.message,
      committer: step.committer,
      onHub: true,
      hubOnly: true,
      stateSha: step.stateSha,
      progress: step.progress,
    };
  }
}
