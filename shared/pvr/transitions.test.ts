import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { commitLosses, pvrCommit } from './commit-loss.ts';
import { pvrDiff, pvrPatch } from './diff.ts';
import { NULL } from './json-text.ts';
import { type Pristine, parsePristine } from './pristine.ts';
import { inlineContent, stateText, workingState } from './working.ts';

const Transition = z.object({
  before: z.string(),
  after: z.string(),
  pristineBefore: z.string(),
  working: z.string(),
  status: z.array(z.string()),
  diff: z.string(),
  commitExit: z.number(),
  pristineAfter: z.string(),
  lossy: z.boolean(),
});

const Lossy = z.object({
  tag: z.string(),
  input: z.string().optional(),
  canonicalState: z.string(),
  lossy: z.boolean(),
  afterCommit: z.string().nullish(),
  lossReason: z.array(z.string()).optional(),
});

const transitions = z.array(Transition).parse(fixture('fixtures/transitions.json.gz'));
const cases = z
  .array(Lossy)
  .parse(fixture('../state/fixtures/canonical.json.gz'))
  .filter(({ input }) => input !== undefined);

describe('a file that changes, as the real pvr sees it', () => {
  test.each(transitions.map((one, at) => [at, one] as const))('transition %i', (_, transition) => {
    const pristine = pristineOf(transition.pristineBefore);
    const working = workingState(pristine, new Map([['x.json', inlineContent(transition.after)]]));
    expect(working.text).toBe(transition.working);
    expect(pvrDiff(pristine.members, working.members)).toBe(transition.diff);
    expect(pvrStatus(pristine, working.members)).toEqual(transition.status);
    expect(stateText(pvrCommit(pristine.members, working.members))).toBe(transition.pristineAfter);
    const losses = commitLosses(pristine.members, working.members);
    expect(losses.length > 0).toBe(transition.lossy);
    for (const { path, text } of losses) expect([path, text.length > 10]).toEqual(['x.json', true]);
    // Where pvr sees no change because two numbers are one double, Trailboss does.
    const exact = working.status.map(({ letter, path }) => `${letter} ${path}`);
    if (!transition.lossy) expect(exact).toEqual(transition.status);
    else expect(exact).toEqual(['C x.json']);
  });
});

test('what a commit of a new file would lose is named for each case that the real pvr lost something of', () => {
  const empty = pristineOf('{"#spec":"pantavisor-service-system@1"}');
  const reasons = new Map([
    ['null', 'null'],
    ['float64', 'number'],
    ['commit-fails', 'fails'],
  ]);
  for (const { tag, input = '', canonicalState, lossy, afterCommit, lossReason } of cases) {
    const working = workingState(empty, new Map([['x.json', inlineContent(input)]]));
    if (working.text === undefined) {
      // A file that holds nothing but a sha: pvr takes it, and shows it as changed for ever.
      expect([tag, canonicalState]).toEqual([tag, expect.stringMatching(/"x\.json":"[0-9a-f]{64}"\}$/)]);
      continue;
    }
    expect(working.text, tag).toBe(canonicalState);
    const losses = commitLosses(empty.members, working.members);
    expect(losses.length > 0, tag).toBe(lossy);
    expect(losses.map(({ kind }) => kind).sort(), `${tag} ${input}`).toEqual(
      (lossReason ?? []).map((reason) => reasons.get(reason)).sort(),
    );
    if (lossy && typeof afterCommit === 'string') {
      expect(stateText(pvrCommit(empty.members, working.members)), tag).toBe(afterCommit);
    }
  }
});

function pristineOf(text: string): Pristine {
  const parsed = parsePristine(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.pristine;
}

/** The letters that pvr itself shows, which go by its diff. */
function pvrStatus({ members }: Pristine, working: ReadonlyMap<string, string>): readonly string[] {
  return [...pvrPatch(members, working)].map(([path, value]) => {
    const isNull = value.kind === NULL.kind && value.kind === 'literal' && value.text === 'null';
    return `${isNull ? 'D' : members.has(path) ? 'C' : 'A'} ${path}`;
  });
}

function fixture(path: string): unknown {
  return JSON.parse(gunzipSync(readFileSync(new URL(path, import.meta.url))).toString('utf8'));
}

test('a list with null in it is changed for pvr for ever, and its next commit takes the null out: that is named', () => {
  const committed = pristineOf('{"#spec":"s","x.json":{"a":[1,{"n":null}],"m":null},"y.json":{"n":null}}');
  expect(pvrStatus(committed, committed.members)).toEqual(['C x.json']);
  expect(commitLosses(committed.members, committed.members).map(({ path, kind }) => [path, kind])).toEqual([['x.json', 'null']]);
});
