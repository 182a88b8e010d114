import { containersOf } from '../../state/containers.ts';
import type { JsonKind } from '../../state/json-members.ts';
import { manifestAt, member } from '../../state/manifest.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import { told } from './told.ts';

interface Field {
  readonly name: string;
  readonly kind: JsonKind;
  /** The container can't be started with another value. */
  readonly needed: boolean;
}

/** Fields whose values of another kind the device's parser lets pass; those that it refuses are told as it refuses them. */
const fields: readonly Field[] = [
  { name: 'type', kind: 'string', needed: true },
  { name: 'config', kind: 'string', needed: true },
  { name: 'root-volume', kind: 'string', needed: true },
  { name: 'storage', kind: 'object', needed: false },
  { name: 'drivers', kind: 'object', needed: false },
  { name: 'services', kind: 'object', needed: false },
];

const words: Readonly<Record<JsonKind, string>> = {
  string: 'a text',
  object: 'an object',
  array: 'a list',
  number: 'a number',
  literal: 'true, false or null',
};

/** Values of the wrong kind in a run.json that the device takes: it reads texts from what is none, and passes over other fields. */
export function fieldTypeFindings(state: StateDocument): readonly PreflightFinding[] {
  return containersOf(state).flatMap(({ runKey: key }) => {
    const manifest = manifestAt(state, key);
    if (manifest === undefined) return [];
    return fields.flatMap(({ name, kind, needed }): readonly PreflightFinding[] => {
      const found = member(manifest, name);
      if (found === undefined || found.kind === kind) return [];
      const then = needed
        ? `the device takes ${JSON.stringify(manifest.raw.slice(found.start, found.end).slice(0, 60))} for one, and can’t start the container`
        : 'the device passes over it';
      return [
        told({
          rule: 'field-type',
          severity: needed ? 'fails' : 'notice',
          key,
          pointer: `/${found.key}`,
          text: `${name} is ${words[found.kind]}, and should be ${words[kind]}: ${then}.`,
          source: 'pantavisor parser/parser_system1.c, do_one_jka_action',
          advice: `Write ${words[kind]}.`,
        }),
      ];
    });
  });
}
