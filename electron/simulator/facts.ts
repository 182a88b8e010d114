/** What a device's life looks up in its trail, its objects and its faults; the plan of a move comes from the forecast. */

import { z } from 'zod';
import { containersOf } from '../../shared/state/containers.ts';
import { groupsOf } from '../../shared/state/groups.ts';
import { manifestAt, rawMember } from '../../shared/state/manifest.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import type { FaultSwitches } from './faults.ts';
import { MESSAGE } from './life/messages.ts';
import type { AutoRecovery, BootRecord, ContainerSpec, Defect, Delays, Life, LifeFacts, Update } from './life/model.ts';
import type { ObjectStore } from './object-store.ts';
import type { Trail } from './trail.ts';
import { verdictOf } from './verdict.ts';

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

/** `auto_recovery` of the shipped group `app` (pantavisor group.c). */
export const APP_RECOVERY: AutoRecovery = {
  policy: 'on-failure',
  maxRetries: 5,
  retryDelay: 5,
  backoffFactor: 2,
  stableTimeout: 30,
  backoffPolicy: 'reboot',
};

type Sources = {
  readonly trail: Trail;
  readonly objects: ObjectStore;
  readonly faults: FaultSwitches;
  readonly delays: Delays;
  readonly bootLoader: LifeFacts['bootLoader'];
};

export function lifeFacts({ trail, objects, faults, delays, bootLoader }: Sources): LifeFacts {
  const stateOf = (revision: string): string => trail.state(revision) ?? '{}';

  function brokenObjects(revision: string): Defect | undefined {
    if (faults.has('missing-object') || faults.has('corrupt-object')) return 'object';
    const state = readState(stateOf(revision));
    const shas = state?.entries.flatMap((entry) => (entry.kind === 'object' ? [entry.sha] : [])) ?? [];
    return shas.every((sha) => objects.matches(sha)) ? undefined : 'object';
  }

  function plan(revision: string, life: Life): ReturnType<LifeFacts['plan']> {
    const next = trail.state(revision);
    if (next === undefined) return { kind: 'refused', message: MESSAGE.stateNotFound };
    if (faults.has('wontgo')) return { kind: 'refused', message: MESSAGE.notCovered };
    const verdict = verdictOf(stateOf(life.boot.running), next, life.sinceBoot);
    switch (verdict.kind) {
      case 'refused':
        return { kind: 'refused', message: 'State JSON has bad format' };
      case 'crash':
        return { kind: 'move', update: { revision, transition: 'non-reboot', stops: [], defect: 'daemon' } };
      case 'move':
        return {
          kind: 'move',
          update: withDefect({ revision, transition: verdict.transition, stops: verdict.stops }),
        };
    }
  }

  function withDefect(update: Update): Update {
    const defect = defectOf(update.revision);
    return defect ? { ...update, defect } : update;
  }

  function defectOf(revision: string): Defect | undefined {
    return lacksType(stateOf(revision)) ? 'daemon' : brokenObjects(revision);
  }

  return {
    delays,
    bootLoader,
    plan,
    defectOf,
    stateOf,
    containersOf: (revision, boot) =>
      containerSpecs(stateOf(revision)).map((spec) => withMisbehaviour(spec, revision, boot, faults)),
  };
}

/** A container misbehaves only where the device can go back: in a revision that is not the last checkpoint. */
function withMisbehaviour(spec: ContainerSpec, revision: string, boot: BootRecord, faults: FaultSwitches): ContainerSpec {
  const misbehaviour = revision === boot.checkpoint ? undefined : faults.misbehaviourOf(spec.name);
  return misbehaviour ? { ...spec, misbehaviour } : spec;
}

/** The containers of a state in the order of its text, as `GET /containers` lists them. */
export function containerSpecs(text: string): readonly ContainerSpec[] {
  const state = readState(text);
  if (!state) return [];
  const shipped = groupsOf(state).from === 'default';
  return containersOf(state).map((each) => {
    const { policy } = each.restartPolicy;
    const spec: ContainerSpec = { name: each.name, group: each.group ?? '', goal: each.statusGoal, policy, roles: each.roles };
    const recovery =
      policy === 'system'
        ? undefined
        : (ownRecovery(state, each.runKey) ?? (shipped && each.group === 'app' ? APP_RECOVERY : undefined));
    return recovery ? { ...spec, recovery } : spec;
  });
}

function ownRecovery(state: StateDocument, runKey: string): AutoRecovery | undefined {
  const manifest = manifestAt(state, runKey);
  const raw = manifest && rawMember(manifest, 'auto_recovery');
  if (raw === undefined) return undefined;
  const read = autoRecoverySchema.safeParse(JSON.parse(raw));
  return read.success ? read.data : undefined;
}

/** A container whose run.json has no `type` is taken in, and kills the runtime when it is started. */
function lacksType(text: string): boolean {
  const state = readState(text);
  return state ? containersOf(state).some((each) => each.type === undefined) : false;
}

export function readState(text: string): StateDocument | undefined {
  const parsed = parseState(text);
  return parsed.ok ? parsed.state : undefined;
}
