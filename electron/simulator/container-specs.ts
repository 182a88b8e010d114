/** The containers of a state, as the device runs and lists them. */
import { z } from 'zod';
import { containersOf } from '../../shared/state/containers.ts';
import { groupsOf } from '../../shared/state/groups.ts';
import { manifestAt, rawMember } from '../../shared/state/manifest.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import type { AutoRecovery, ContainerSpec } from './life/model.ts';
import { APP_RECOVERY } from './life/recovery.ts';

const autoRecoverySchema = z
  .object({
    policy: z.string().default('on-failure'),
    max_retries: z.coerce.number().default(5),
    retry_delay: z.coerce.number().default(5),
    backoff_factor: z.coerce.number().default(2),
    stable_timeout: z.coerce.number().default(30),
    backoff_policy: z.string().default('reboot'),
  })
  .transform(
    (read): AutoRecovery => ({
      policy: read.policy,
      maxRetries: read.max_retries,
      retryDelay: read.retry_delay,
      backoffFactor: read.backoff_factor,
      stableTimeout: read.stable_timeout,
      backoffPolicy: read.backoff_policy,
    }),
  );

const groupsSchema = z.array(z.looseObject({ name: z.string(), auto_recovery: z.unknown() }));

/** In the order of the text. A container recovers as its run.json says, else as its group; system ones never do. */
export function containerSpecs(text: string): readonly ContainerSpec[] {
  const state = readState(text);
  if (!state) return [];
  const ofGroups = groupRecoveries(state);
  return containersOf(state).map((each) => {
    const { policy } = each.restartPolicy;
    const group = each.group ?? '';
    const spec: ContainerSpec = { name: each.name, group, goal: each.statusGoal, policy, roles: each.roles };
    const recovery = policy === 'system' ? undefined : (ownRecovery(state, each.runKey) ?? ofGroups.get(group));
    return recovery ? { ...spec, recovery } : spec;
  });
}

/** What each group's containers inherit. */
export function groupRecoveries(state: StateDocument): ReadonlyMap<string, AutoRecovery> {
  const { from } = groupsOf(state);
  if (from === 'default') return new Map([['app', APP_RECOVERY]]);
  const entry = state.byKey.get('groups.json');
  const groups = from === 'groups.json' && entry?.kind === 'json' ? groupsSchema.safeParse(JSON.parse(entry.raw)) : undefined;
  const found = groups?.success ? groups.data : [];
  return new Map(
    found.flatMap(({ name, auto_recovery }) => {
      const read = autoRecoverySchema.safeParse(auto_recovery);
      return read.success ? [[name, read.data] as const] : [];
    }),
  );
}

function ownRecovery(state: StateDocument, runKey: string): AutoRecovery | undefined {
  const manifest = manifestAt(state, runKey);
  const raw = manifest && rawMember(manifest, 'auto_recovery');
  if (raw === undefined) return undefined;
  const read = autoRecoverySchema.safeParse(JSON.parse(raw));
  return read.success ? read.data : undefined;
}

/** A container whose run.json has no `type` is taken in, and kills the runtime when it is started. */
export function lacksType(text: string): boolean {
  const state = readState(text);
  return state ? containersOf(state).some((each) => each.type === undefined) : false;
}

/** The objects that a state names. */
export function objectsOf(text: string): readonly string[] {
  return readState(text)?.entries.flatMap((entry) => (entry.kind === 'object' ? [entry.sha] : [])) ?? [];
}

export function readState(text: string): StateDocument | undefined {
  const parsed = parseState(text);
  return parsed.ok ? parsed.state : undefined;
}
