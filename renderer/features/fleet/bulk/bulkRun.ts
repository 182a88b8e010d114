import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import type { DeviceId } from '../../../../shared/contract/ids.ts';

/** Devices that something is done to at once. */
export const atOnce = 4;

export type BulkTarget = Pick<DeviceSummary, 'id' | 'name'>;

/** Where one device is. `left`: it was stopped before its turn came. */
export type BulkState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly problem: KnownProblem }
  | { readonly kind: 'left' };

export interface BulkItem {
  readonly id: DeviceId;
  readonly name: string;
  readonly state: BulkState;
}

export interface BulkRun {
  readonly items: readonly BulkItem[];
  /** Nothing further is begun. */
  readonly stopped: boolean;
}

export type BulkEvent =
  | { readonly kind: 'state'; readonly id: DeviceId; readonly state: BulkState }
  | { readonly kind: 'stop' }
  /** Those that failed and those that were left wait again. */
  | { readonly kind: 'again' };

/** A run in which every device waits. */
export function bulkOf(targets: readonly BulkTarget[]): BulkRun {
  return { items: targets.map(({ id, name }) => ({ id, name, state: { kind: 'waiting' } })), stopped: false };
}

/** The run after an event. What is under way when it is stopped goes on to its end. */
export function bulkAfter(run: BulkRun, event: BulkEvent): BulkRun {
  const changed = (change: (item: BulkItem) => BulkState) => run.items.map((item) => ({ ...item, state: change(item) }));
  switch (event.kind) {
    case 'state':
      return { ...run, items: run.items.map((item) => (item.id === event.id ? { ...item, state: event.state } : item)) };
    case 'stop':
      return { stopped: true, items: changed(({ state }) => (state.kind === 'waiting' ? { kind: 'left' } : state)) };
    case 'again':
      return {
        stopped: false,
        items: changed(({ state }) => (state.kind === 'failed' || state.kind === 'left' ? { kind: 'waiting' } : state)),
      };
  }
}

/** Devices that can begin now. */
export function nextOf({ items, stopped }: BulkRun, most = atOnce): readonly BulkItem[] {
  if (stopped) return [];
  const running = items.filter(({ state }) => state.kind === 'running').length;
  return items.filter(({ state }) => state.kind === 'waiting').slice(0, Math.max(0, most - running));
}

export function isUnderWay({ items }: BulkRun): boolean {
  return items.some(({ state }) => state.kind === 'waiting' || state.kind === 'running');
}

export function countOf({ items }: BulkRun, kind: BulkState['kind']): number {
  return items.filter(({ state }) => state.kind === kind).length;
}

/**
 * Does something to every device, so many at once, and tells each step. One that fails stops no other one. Ends when nothing more can be
 * begun and nothing is under way.
 */
export async function runBulk(
  read: () => BulkRun,
  tell: (event: BulkEvent) => void,
  act: (id: DeviceId) => Promise<unknown>,
  problemOf: (error: unknown) => KnownProblem,
): Promise<void> {
  const one = async ({ id }: BulkItem): Promise<void> => {
    tell({ kind: 'state', id, state: { kind: 'running' } });
    const state = await act(id).then(
      (): BulkState => ({ kind: 'done' }),
      (error: unknown): BulkState => ({ kind: 'failed', problem: problemOf(error) }),
    );
    tell({ kind: 'state', id, state });
    await begin();
  };
  const begin = async (): Promise<void> => {
    await Promise.all(nextOf(read()).map(one));
  };
  await begin();
}
