import { type Container, containersOf } from '../../state/containers.ts';
import { type Manifest, manifestAt } from '../../state/manifest.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import { exactObject, rawOf, textsOf } from './manifest-parts.ts';
import { told } from './told.ts';

/** Drivers and services that containers need and that nobody has. */
export function needFindings(state: StateDocument): readonly PreflightFinding[] {
  const containers = containersOf(state);
  const drivers = driverNames(state);
  const services = exportedNames(state, containers);
  return containers.flatMap(({ runKey }) => {
    const manifest = manifestAt(state, runKey);
    if (manifest === undefined) return [];
    return [...driverFindings(runKey, manifest, drivers), ...serviceFindings(runKey, manifest, services)];
  });
}

/** A driver that the base system does not name loads nothing, and the device goes on: what needs it will miss it. */
function driverFindings(key: string, manifest: Manifest, known: ReadonlySet<string>): readonly PreflightFinding[] {
  const lists = exactObject(manifest, 'drivers');
  if (lists === undefined) return [];
  return (['required', 'optional', 'manual'] as const).flatMap((list) =>
    textsOf(rawOf(lists, list)).flatMap((driver, index): PreflightFinding[] => {
      if (known.has(driver) || (list !== 'required' && known.size === 0)) return [];
      const text = `bsp/drivers.json has no driver ${driver}: the device starts the container without it.`;
      const source = 'pantavisor drivers.c, _pv_drivers_set';
      const advice = 'Use a base system that has the driver, or take it out of the list.';
      return [
        told({ rule: 'driver-unknown', severity: 'notice', key, pointer: `/drivers/${list}/${index}`, text, source, advice }),
      ];
    }),
  );
}

/** Source: pantavisor state.c, pv_state_validate_services, before any container is started. */
function serviceFindings(key: string, manifest: Manifest, exported: ReadonlySet<string>): readonly PreflightFinding[] {
  const lists = exactObject(manifest, 'services');
  const required: unknown = JSON.parse((lists && rawOf(lists, 'required')) ?? '[]');
  if (!Array.isArray(required)) return [];
  return required.flatMap((item: unknown, index): PreflightFinding[] => {
    const name = serviceName(item);
    // The hosted system bus is the device's own, where it has one.
    if (name === 'system-bus' || (name !== undefined && exported.has(name))) return [];
    const what =
      name === undefined
        ? 'A required service is an object with a name, and of this one the device reads none'
        : `No container exports the service ${name}, which is required here`;
    return [
      told({
        rule: name === undefined ? 'service-unnamed' : 'service-unknown',
        severity: 'fails',
        key,
        pointer: `/services/required/${index}`,
        text: `${what}: the device starts none of its containers, and goes back.`,
        source: 'pantavisor state.c, pv_state_validate_services',
        advice: name === undefined ? 'Write {"name": …, "type": …}.' : 'Add the container that exports it, or make it optional.',
      }),
    ];
  });
}

/** A text alone has no name for the device (parser_system1.c, platform_services_add and parse_service_exports). */
function serviceName(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || !('name' in item)) return undefined;
  return typeof item.name === 'string' ? item.name : undefined;
}

/** What the containers export in `<name>/services.json` (parser_system1.c, parse_service_exports). */
function exportedNames(state: StateDocument, containers: readonly Container[]): ReadonlySet<string> {
  return new Set(
    containers.flatMap(({ name }) => {
      const entry = state.byKey.get(`${name}/services.json`);
      const said: unknown = entry?.kind === 'json' ? JSON.parse(entry.raw) : [];
      const list: unknown = typeof said === 'object' && said !== null && 'services' in said ? said.services : said;
      return Array.isArray(list) ? list.flatMap((item: unknown) => serviceName(item) ?? []) : [];
    }),
  );
}

function driverNames(state: StateDocument): ReadonlySet<string> {
  const manifest = manifestAt(state, 'bsp/drivers.json');
  const drivers = manifest === undefined ? undefined : exactObject(manifest, 'all');
  return new Set(drivers?.members.map(({ key }) => key) ?? []);
}
