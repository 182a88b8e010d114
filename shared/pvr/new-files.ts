import { compareCodePoints, quote } from '../state/canonical.ts';
import { JsonSyntaxError } from '../state/json.ts';
import { readValue } from './json-text.ts';

/** What `.pvr/new` says of a file that is tracked from now on. pvr never reads the sha back (repolib.go, PvrFileAddInfo). */
export interface NewFile {
  readonly forceObject: boolean;
  readonly sha: string;
}

export type NewFiles = ReadonlyMap<string, NewFile>;
export type ParsedNewFiles = { readonly ok: true; readonly files: NewFiles } | { readonly ok: false; readonly reason: string };

/** Reads `.pvr/new` as Go does: member names in any case, what is missing is empty. */
export function parseNewFiles(text: string): ParsedNewFiles {
  try {
    const value = readValue(text);
    if (value.kind === 'literal' && value.text === 'null') return { ok: true, files: new Map() };
    if (value.kind !== 'object') return refused('it is no JSON object');
    const files = new Map<string, NewFile>();
    for (const [path, info] of value.members) {
      if (info.kind !== 'object') return refused(`what it says of ${JSON.stringify(path)} is no object`);
      let file: NewFile = { forceObject: false, sha: '' };
      for (const [name, member] of info.members) {
        const lower = name.toLowerCase();
        if (lower === 'forceobject' && member.kind === 'literal') file = { ...file, forceObject: member.text === 'true' };
        else if (lower === 'sha' && member.kind === 'string') file = { ...file, sha: member.text };
        else if (lower === 'forceobject' || lower === 'sha')
          return refused(`${name} of ${JSON.stringify(path)} is of the wrong kind`);
      }
      files.set(path, file);
    }
    return { ok: true, files };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return refused(error.message);
    throw error;
  }
}

/** As pvr writes it: canonical. */
export function formatNewFiles(files: NewFiles): string {
  const sorted = [...files].sort(([a], [b]) => compareCodePoints(a, b));
  return `{${sorted.map(([path, { forceObject, sha }]) => `${quote(path)}:{"ForceObject":${forceObject},"Sha":${quote(sha)}}`).join(',')}}`;
}

function refused(reason: string): ParsedNewFiles {
  return { ok: false, reason: `.pvr/new can't be read: ${reason}.` };
}
