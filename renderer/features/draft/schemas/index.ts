import type { DocumentSchema } from '../../../ui/monaco/schemas.ts';
import bspRun from './bsp-run.schema.json';
import type { Schema } from './check.ts';
import device from './device.schema.json';
import groups from './groups.schema.json';
import run from './run.schema.json';
import src from './src.schema.json';

/**
 * The documents of a state that Trailboss knows (protocol: pantavisor parser_system1.c and group.c; pvr applib.go for src.json).
 * They warn and complete; what the device really makes of a state is said by the forecast.
 */
export const stateSchemas: readonly DocumentSchema[] = [
  { uri: 'trailboss://schema/run.json', fileMatch: ['**/run.json', '!**/bsp/run.json'], schema: run },
  { uri: 'trailboss://schema/src.json', fileMatch: ['**/src.json', '!**/bsp/src.json'], schema: src },
  { uri: 'trailboss://schema/groups.json', fileMatch: ['trailboss://draft/*/groups.json'], schema: groups },
  { uri: 'trailboss://schema/device.json', fileMatch: ['trailboss://draft/*/device.json'], schema: device },
  { uri: 'trailboss://schema/bsp/run.json', fileMatch: ['**/bsp/run.json'], schema: bspRun },
];

/** The same, with the groups of a state to choose from; a group that is not among them is the list of problems' business. */
export function schemasWith(groups: readonly string[]): readonly DocumentSchema[] {
  const group = { ...run.properties.group, anyOf: [{ enum: [...groups] }, { type: 'string' }] };
  const known = { ...run, properties: { ...run.properties, group } };
  return stateSchemas.map((one) => (one.schema === run ? { ...one, schema: known } : one));
}

/** The schema that an entry of this key is held against, the same that the editor takes. */
export function schemaOf(key: string): Schema | undefined {
  if (key === 'bsp/run.json') return bspRun;
  if (key === 'groups.json') return groups;
  if (key === 'device.json') return device;
  if (key === 'bsp/src.json') return undefined;
  return key.endsWith('/run.json') ? run : key.endsWith('/src.json') ? src : undefined;
}

/** The name under which the editor knows an entry of a draft; its schema follows from it. */
export function documentPath(draftId: string, key: string): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `trailboss://draft/${encodeURIComponent(draftId)}/${path}`;
}
