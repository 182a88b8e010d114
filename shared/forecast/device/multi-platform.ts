/**
 * States of the older specification `pantavisor-multi-platform@1`. Inline JSON is not held, so changes to it are never seen,
 * and no object belongs to a container.
 *
 * Source: pantavisor parser/parser_multi1.c.
 */
import {
  arrayLength,
  countWord,
  keyBeginningWith,
  type LenientDocument,
  objectKeys,
  readLenient,
  textBehind,
  tokenText,
} from '../lenient/document.ts';
import type { DeviceModel, DevicePlatform, EntryRole, TextEntry } from './model.ts';
import { identify } from './platforms.ts';
import { DaemonCrash } from './verdicts.ts';

const specification = 'pantavisor.json';

/** @throws DaemonCrash */
export function readMultiPlatform(document: LenientDocument, spec: string): DeviceModel {
  const empty: DeviceModel = { spec, groups: [], groupsSource: 'none', platforms: [], jsons: [], objects: [], entries: [] };
  const keys = objectKeys(document);
  const entries = (keys ?? []).map(({ key, value, literal }): TextEntry => ({ key, value, literal, role: roleOf(key) }));
  const definition = countWord(document, specification) === 1 ? textBehind(document, specification) : undefined;
  if (definition === undefined) return { ...empty, entries };
  const names = platformNames(definition);
  if (keys === undefined) throw new DaemonCrash('the state is no object');
  return {
    ...empty,
    entries,
    platforms: readPlatforms(entries, names),
    objects: entries.flatMap(({ key, value, role }) => (role === 'object' ? [{ key, value, owner: undefined }] : [])).reverse(),
  };
}

function roleOf(key: string): EntryRole {
  if (key === '#spec') return 'specification';
  if (key === specification) return 'reserved';
  if (specification.startsWith(key) || '#spec'.startsWith(key)) return 'reserved-prefix';
  return key.endsWith('.json') ? 'json' : 'object';
}

/** The names under `platforms`. Without a kernel (`fit` or `linux`) they are not looked at. */
function platformNames(definition: string): readonly string[] {
  const document = readLenient(definition);
  if (document.failure === undefined && document.tokens.length === 0) throw new DaemonCrash(`${specification} is empty`);
  if (textBehind(document, 'fit') === undefined && textBehind(document, 'linux') === undefined) return [];
  const keys = objectKeys(document);
  if (keys === undefined) throw new DaemonCrash(`${specification} is no object`);
  const list = keyBeginningWith(keys, 'platforms');
  if (list === undefined) return [];
  const length = document.tokens[list.valueIndex]?.children ?? 0;
  return Array.from({ length }, (_, index) => tokenText(document, list.valueIndex + 1 + index) ?? '');
}

/** A platform is there when one of the JSON entries describes it. */
function readPlatforms(entries: readonly TextEntry[], names: readonly string[]): readonly DevicePlatform[] {
  const known = new Set(names);
  const platforms = new Map<string, DevicePlatform>();
  for (const { key, value, role } of entries) {
    if (role !== 'json') continue;
    const document = readLenient(value);
    const name = textBehind(document, 'name');
    if (name === undefined || !known.has(name)) continue;
    for (const word of ['configs', 'share']) {
      const list = readLenient(textBehind(document, word) ?? '');
      if (arrayLength(list) === undefined) throw new DaemonCrash(`${key} has no list of ${word}`);
    }
    platforms.set(name, {
      ...identify(name, key),
      type: textBehind(document, 'type'),
      group: undefined,
      groupOrigin: undefined,
      restartPolicy: undefined,
      restartPolicyOrigin: undefined,
      statusGoal: undefined,
      statusGoalOrigin: undefined,
      roles: ['mgmt'],
    });
  }
  return names.flatMap((name) => platforms.get(name) ?? []);
}
