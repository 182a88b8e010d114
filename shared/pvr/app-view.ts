import type { AppView } from '../contract/checkout.ts';
import { canonicalize, compareCodePoints } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';
import { isRestartPolicy, isStatusGoal } from '../state/groups.ts';
import type { AppFiles } from './app-edit.ts';
import { effectiveGroup, keptVolumes, overlayVolume, renderRunJson } from './app-run-json.ts';
import { type AppSource, readAppSource, textOf } from './app-source.ts';
import { groupNames, lastGroupOf } from './groups-json.ts';
import { canonicalMembers, isPlainObject } from './object-text.ts';

/** An app as people see it. What can't be read is named in `problem`, and the rest is empty then. */
export function appView(files: AppFiles, signedBy: readonly string[]): AppView {
  const reading = readAppSource(files.src);
  const common = { name: files.name, signedBy: [...signedBy] };
  if (!reading.ok) return { ...common, template: '', image: '', persistence: [], drift: [], problem: reading.reason };
  const { source } = reading;
  const group = effectiveGroup(source, lastGroupOf(files.groups));
  const [policy, goal, own] = ['PV_RESTART_POLICY', 'PV_STATUS_GOAL', 'PV_GROUP'].map((name) => textOf(source.args.get(name)));
  const roles = rolesOf(source);
  const compared = driftOf(files, source, group);
  const problem = compared.problem ?? settingProblem(source, group, files.groups);
  return {
    ...common,
    template: source.template,
    image: source.image,
    ...(isRestartPolicy(policy) && { restartPolicy: policy }),
    ...(own !== undefined && own !== '' && { group: own }),
    ...(group !== undefined && { effectiveGroup: group }),
    ...(isStatusGoal(goal) && { statusGoal: goal }),
    ...(roles !== undefined && { roles: [...roles] }),
    persistence: persistenceOf(source),
    drift: [...compared.drift],
    ...(problem !== undefined && { problem }),
  };
}

function persistenceOf(source: AppSource): AppView['persistence'] {
  const own = new Set([...source.persistence.keys()].map((path) => (path.endsWith('/') ? path.slice(0, -1) : path)));
  const kept = new Map(keptVolumes(source));
  kept.set(overlayVolume, source.persistence.get(overlayVolume) || 'boot');
  return [...kept].map(([volume, persistence]) => ({ volume, persistence, own: own.has(volume) }));
}

/** The members of run.json that are not what src.json renders to; `storage` is left out where the image's volumes are not known. */
function driftOf(
  { name, run }: AppFiles,
  source: AppSource,
  group: string | undefined,
): { readonly drift: readonly string[]; readonly problem?: string } {
  const rendering = renderRunJson(name, source, group);
  if (!rendering.ok) return { drift: [], problem: rendering.reason };
  if (run === undefined) return { drift: [], problem: `${name} has no run.json yet: pvr app install renders it.` };
  if (!isPlainObject(run)) {
    const why = rendering.deviations[0] === undefined ? '' : ` ${rendering.deviations[0]}`;
    return { drift: [], problem: `${name}/run.json is no JSON object.${why} Any edit here renders it anew.` };
  }
  try {
    const [is, should] = [canonicalMembers(run), canonicalMembers(rendering.text)];
    const keys = [...new Set([...is.keys(), ...should.keys()])].filter((key) => is.get(key) !== should.get(key));
    const known = source.imageVolumes === undefined ? keys.filter((key) => key !== 'storage') : keys;
    return { drift: known.sort(compareCodePoints) };
  } catch (error) {
    if (error instanceof CanonicalNumberError) return { drift: [], problem: `${name}/run.json: ${error.message}.` };
    throw error;
  }
}

function settingProblem({ args }: AppSource, group: string | undefined, groups: string | undefined): string | undefined {
  const policy = args.get('PV_RESTART_POLICY');
  if (policy !== undefined && policy !== '""' && !isRestartPolicy(textOf(policy))) {
    return `A device knows the restart policies system and container, not ${canonicalize(policy)}.`;
  }
  const goal = args.get('PV_STATUS_GOAL');
  if (goal !== undefined && goal !== '""' && !isStatusGoal(textOf(goal))) {
    return `A device knows the status goals MOUNTED, STARTED and READY, not ${canonicalize(goal)}.`;
  }
  const names = groupNames(groups);
  if (group === undefined || names.length === 0 || names.includes(group)) return undefined;
  return `There is no group ${group} in groups.json: unless device.json has it, a device refuses this state.`;
}

function rolesOf({ args }: AppSource): readonly string[] | undefined {
  const raw = args.get('PV_ROLES');
  if (raw === undefined || !raw.startsWith('[')) return undefined;
  const roles: unknown = JSON.parse(raw);
  return Array.isArray(roles) && roles.every((role) => typeof role === 'string') ? roles : undefined;
}
