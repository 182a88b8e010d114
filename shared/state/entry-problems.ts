import { decodeString, scanJson } from './json.ts';

/** A remark about one entry's JSON by itself; `at` is the offset in its text (UTF-16 code units). */
export interface EntryRemark {
  readonly at: number;
  readonly text: string;
  /** Only matters where a hub is on the way. */
  readonly onlyHub: boolean;
}

/** A hub's database has it for a dot, and gives a dot back (hub: bson keys). */
const standInForDot = '\uff2e';

/**
 * What is wrong with inline JSON whatever it says: a member that is there twice (the device takes the first, other programs the last), and a
 * name that a hub would change. `raw` is valid JSON.
 */
export function entryRemarks(raw: string): readonly EntryRemark[] {
  const remarks: EntryRemark[] = [];
  const names: (Set<string> | undefined)[] = [];
  scanJson(raw, 0, {
    open(kind) {
      names.push(kind === 'object' ? new Set() : undefined);
    },
    close() {
      names.pop();
    },
    key(start, end) {
      const name = decodeString(raw.slice(start, end));
      const seen = names.at(-1);
      if (seen?.has(name)) {
        const text = `${JSON.stringify(name)} is there twice: the device takes the first, other programs the last.`;
        remarks.push({ at: start, text, onlyHub: false });
      }
      seen?.add(name);
      if (name.includes(standInForDot)) remarks.push({ at: start, text: hubChanges(name), onlyHub: true });
    },
    scalar() {},
  });
  return remarks;
}

/** Why a key is no good for a hub, or undefined. */
export function hubKeyProblem(key: string): string | undefined {
  return key.includes(standInForDot) ? hubChanges(key) : undefined;
}

function hubChanges(name: string): string {
  return `${JSON.stringify(name)} holds the character U+FF2E: a hub makes a dot of it, so that the device gets another name.`;
}
