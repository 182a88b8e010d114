import type { Draft } from '../../../shared/contract/draft.ts';
import { type CopyPair, fastCopy as copied, pairsProblem } from '../../../shared/pvr/fast-copy.ts';
import type { DeviceWatch } from '../../fleet/device-watch.ts';
import { badInput, badState } from '../problems.ts';
import type { Progress } from '../work-news.ts';
import { type DraftPorts, makeDraft, runningOf } from './draft-for.ts';
import type { Nearby } from './nearby.ts';
import type { Origin } from './origin.ts';
import { checkedState, readState } from './read-state.ts';

export interface FastCopyWish {
  readonly origin: Origin;
  readonly target: DeviceWatch;
  readonly pairs: readonly CopyPair[];
  readonly merge: boolean;
  readonly nearby: Nearby;
}

/**
 * Parts of one state onto another device, as `pvr fastcopy` does, but as a draft of that device and with the objects that it lacks, which
 * pvr leaves out. A fragment in the origin names the parts where no pair does.
 */
export async function fastCopy(wish: FastCopyWish, ports: DraftPorts, tell: Progress, signal: AbortSignal): Promise<Draft> {
  const { origin, target, merge, nearby } = wish;
  const pairs = wish.pairs.length > 0 ? wish.pairs : pairsOf(origin.fragment);
  const problem = pairsProblem(pairs);
  if (problem !== undefined) throw badInput(problem, 'Name the parts anew.');
  tell({ text: `Asking ${origin.label} for its state` });
  const source = await readState(origin, signal);
  const missing = pairs.find(({ from }) => ![...source.members.keys()].some((key) => key === from || key.startsWith(`${from}/`)));
  if (missing) throw badState(`There is no ${missing.from} in ${origin.label}.`, 'Choose a part that is there.');
  tell({ text: `Asking ${target.record.name} what it runs` });
  const base = await runningOf(target, ports.states, signal);
  const result = copied(source.text, base.text, pairs, merge);
  const { text } = checkedState(result.text, target.record.name);
  const title = pairs.length === 0 ? `Copy of ${origin.label}` : `${pairs.map(nameOf).join(', ')} from ${origin.label}`;
  return makeDraft({ watch: target, base, text, feed: origin, title, nearby }, ports, tell, signal);
}

function pairsOf(fragment: string): readonly CopyPair[] {
  return fragment === '' ? [] : fragment.split(',').map((part) => ({ from: part, to: part }));
}

function nameOf({ from, to }: CopyPair): string {
  return from === to ? from : `${from} as ${to}`;
}
