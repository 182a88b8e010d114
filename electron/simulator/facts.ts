/** What a device's life looks up in its trail, its objects and its faults; the plan of a move comes from the forecast. */
import { containerSpecs, lacksType, objectsOf } from './container-specs.ts';
import type { FaultSwitches } from './faults.ts';
import { MESSAGE } from './life/messages.ts';
import type { BootRecord, ContainerSpec, Defect, Delays, Life, LifeFacts, Update } from './life/model.ts';
import type { ObjectStore } from './object-store.ts';
import type { Trail } from './trail.ts';
import { verdictOf } from './verdict.ts';

type Sources = {
  readonly trail: Pick<Trail, 'state'>;
  readonly objects: Pick<ObjectStore, 'matches'>;
  readonly faults: FaultSwitches;
  readonly delays: Delays;
  readonly bootLoader: LifeFacts['bootLoader'];
  readonly awaitsHub?: (revision: string) => boolean;
};

export function lifeFacts({ trail, objects, faults, delays, bootLoader, awaitsHub = () => false }: Sources): LifeFacts {
  const stateOf = (revision: string): string => trail.state(revision) ?? '{}';

  function plan(revision: string, life: Life): ReturnType<LifeFacts['plan']> {
    const next = trail.state(revision);
    if (next === undefined) return { kind: 'refused', message: MESSAGE.stateNotFound };
    if (faults.has('wontgo')) return { kind: 'refused', message: MESSAGE.notCovered };
    const verdict = verdictOf(stateOf(life.boot.running), next, life.sinceBoot);
    switch (verdict.kind) {
      case 'refused':
        return { kind: 'refused', message: MESSAGE.badFormat };
      case 'crash':
        return { kind: 'move', update: { revision, transition: 'non-reboot', stops: [], defect: 'daemon' } };
      case 'move':
        return { kind: 'move', update: withDefect({ revision, transition: verdict.transition, stops: verdict.stops }) };
    }
  }

  function withDefect(update: Update): Update {
    const defect = defectOf(update.revision);
    return defect ? { ...update, defect } : update;
  }

  function defectOf(revision: string): Defect | undefined {
    if (lacksType(stateOf(revision))) return 'daemon';
    const spoilt = faults.has('missing-object') || faults.has('corrupt-object');
    return spoilt || !objectsOf(stateOf(revision)).every(objects.matches) ? 'object' : undefined;
  }

  return {
    delays,
    bootLoader,
    plan,
    defectOf,
    stateOf,
    awaitsHub,
    containersOf: (revision, boot) =>
      containerSpecs(stateOf(revision)).map((spec) => withMisbehaviour(spec, revision, boot, faults)),
  };
}

/** A container misbehaves only where the device can go back: in a revision that is not the last checkpoint. */
function withMisbehaviour(spec: ContainerSpec, revision: string, boot: BootRecord, faults: FaultSwitches): ContainerSpec {
  const misbehaviour = revision === boot.checkpoint ? undefined : faults.misbehaviourOf(spec.name);
  return misbehaviour ? { ...spec, misbehaviour } : spec;
}
