import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { canonicalize } from '../state/canonical.ts';
import { isOfPart, readParts, type TakeWish, takeParts } from './parts.ts';
import { readReference } from './reference.ts';

const dir = new URL('./fixtures/remote/', import.meta.url);
const Transcript = z.object({
  name: z.string(),
  command: z.array(z.string()),
  exit: z.number(),
  deviceStateBefore: z.string(),
  before: z.object({ json: z.string() }).optional(),
  after: z.object({ json: z.string(), objects: z.array(z.string()) }),
});
const transcripts = readdirSync(dir)
  .filter((file) => /^(?:get|merge|clone)-.*\.json$/.test(file))
  .map((file) => Transcript.parse(JSON.parse(readFileSync(new URL(file, dir), 'utf8'))));

const initial = '{"#spec":"pantavisor-service-system@1"}';
const plain = (before: string, remote: string, fragment: string, wish: Partial<TakeWish> = {}) =>
  takeParts(before, remote, { ...readParts(fragment), mode: 'get', exactCli: false, ...wish });

function fragmentOf({ name, command }: z.infer<typeof Transcript>): string {
  // Without a reference pvr takes the one of its configuration (DefaultPutUrl).
  if (name === 'get-noarg') return 'app1';
  const read = readReference(command.find((word) => word.startsWith('http') || word === '127.0.0.1') ?? '');
  return read.ok ? read.reference.fragment : 'the transcript names no reference';
}

describe('what the real pvr makes of its transcripts', () => {
  test.each(transcripts)('$name', (transcript) => {
    const before = transcript.before?.json ?? initial;
    const mode = transcript.command[1] === 'merge' ? 'merge' : 'get';
    const wish = { ...readParts(fragmentOf(transcript)), mode, exactCli: true } as const;
    const failed = transcript.exit !== 0;
    expect(failed ? before : takeParts(before, transcript.deviceStateBefore, wish).text).toBe(transcript.after.json);
  });

  test('each of them is there', () => {
    expect(transcripts.map(({ name }) => name)).toHaveLength(21);
  });
});

test('where Trailboss differs from the transcripts: parts end at a slash, and merged files keep their nulls', () => {
  const differing = transcripts
    .filter(({ exit }) => exit === 0)
    .filter((transcript) => {
      const mode = transcript.command[1] === 'merge' ? 'merge' : 'get';
      const wish = { ...readParts(fragmentOf(transcript)), mode, exactCli: false } as const;
      return takeParts(transcript.before?.json ?? initial, transcript.deviceStateBefore, wish).text !== transcript.after.json;
    });
  expect(differing.map(({ name }) => name)).toEqual([
    'clone-unpart',
    'get-config-sigs',
    'get-part-unpart',
    'get-part',
    'get-parts',
    'get-unpart',
    'merge-full',
  ]);
});

const local = '{"#spec":"s","app1/a.json":{"x":1,"y":2},"app10/b.json":1,"bsp/run.json":{},"_sigs/app1.json":{},"z.json":1}';
const remote =
  '{"#spec":"t","app1/a.json":{"x":3},"app1/c.json":{"n":null},"bsp/run.json":{"l":1},"_sigs/app1.json":{"#spec":"pvs@2"}}';

test('a part ends at a slash, also one that is written with it', () => {
  const expected =
    '{"#spec":"s","_sigs/app1.json":{},"app1/a.json":{"x":3},"app1/c.json":{"n":null},"app10/b.json":1,"bsp/run.json":{},"z.json":1}';
  expect(plain(local, remote, 'app1').text).toBe(expected);
  expect(plain(local, remote, 'app1/').text).toBe(expected);
  expect(plain(local, remote, 'app1,').text).toBe(expected);
  expect(isOfPart('app1', 'app1') && isOfPart('app1/x', 'app1/') && !isOfPart('app10/x', 'app1')).toBe(true);
});

test('as pvr has it, app1 takes app10 away, and a comma at the end everything but #spec, which pvr would lose', () => {
  const exact = plain(local, remote, 'app1', { exactCli: true });
  expect(exact.gone).toEqual(['app10/b.json']);
  expect(exact.remarks).toContain('app10 goes (1 entry): pvr removes everything whose name begins with “app1”.');
  expect(plain(local, remote, 'app1,', { exactCli: true }).text).toBe(
    '{"#spec":"s","app1/a.json":{"x":3},"app1/c.json":{"n":null}}',
  );
});

test('without parts everything is the remote’s, #spec included; with parts #spec stays', () => {
  expect(plain(local, remote, '').text).toBe(canonicalize(remote));
  expect(plain(local, '{"a.json":1}', '').text).toBe('{"#spec":"s","a.json":1}');
  expect(plain('{}', '{"a.json":1}', 'a.json').text).toBe('{"#spec":"pantavisor-service-system@1","a.json":1}');
});

test('only a minus: everything of the remote but that', () => {
  const taken = plain(local, remote, '-bsp,-_sigs/app1.json');
  expect(taken.text).toBe('{"#spec":"t","app1/a.json":{"x":3},"app1/c.json":{"n":null}}');
  expect(taken.gone).toEqual(['app10/b.json', 'bsp/run.json', '_sigs/app1.json', 'z.json']);
});

test('merge keeps what is here alone, merges JSON that both have, and takes new files as they are', () => {
  const taken = plain(local, remote, 'app1', { mode: 'merge' });
  expect(taken.text).toBe(
    '{"#spec":"s","_sigs/app1.json":{},"app1/a.json":{"x":3,"y":2},"app1/c.json":{"n":null},"app10/b.json":1,"bsp/run.json":{},"z.json":1}',
  );
  const likePvr = plain(local, remote, 'app1', { mode: 'merge', exactCli: true });
  expect(likePvr.text).toContain('"app1/c.json":{}');
});

test('with merge a minus makes room first, and the remarks say so', () => {
  const taken = plain('{"#spec":"s","bsp/run.json":{"old":1}}', remote, 'bsp,-bsp', { mode: 'merge' });
  expect(taken.text).toBe('{"#spec":"s","bsp/run.json":{"l":1}}');
  expect(taken.remarks).toEqual(['With a merge, -bsp removes what is here before it: bsp becomes what it is there.']);
});

test('a signature and a configuration that are not part of the fragment are told', () => {
  const state = '{"#spec":"s","app1/a.json":1,"_config/app1/x.json":1}';
  expect(plain(state, remote, 'app1').remarks).toEqual([
    'The signature _sigs/app1.json is not part of app1. Name it as well to take it: app1,_sigs/app1.json.',
    'The configuration _config/app1 is not part of app1: the one here stays.',
  ]);
  expect(plain(state, remote, 'app1,_sigs/app1.json,_config').remarks).toEqual([
    'There is no _config where it comes from: the one here goes.',
  ]);
});

test('a part that is nowhere, or here only', () => {
  expect(plain(local, remote, 'nope').remarks).toEqual(['There is no nope, neither there nor here.']);
  expect(plain(local, remote, 'app10').remarks).toEqual(['There is no app10 where it comes from: the one here goes.']);
  expect(plain(local, remote, 'app10', { mode: 'merge' }).gone).toEqual([]);
});

test('only objects of what is taken over count', () => {
  const sha = (digit: string) => digit.repeat(64);
  const taken = plain('{}', `{"a/x":"${sha('1')}","a/y":"${sha('1')}","b/x":"${sha('2')}","a/z":"${sha('3')}"}`, 'a,-a/z');
  expect([...taken.objects]).toEqual([[sha('1'), 'a/x']]);
});

test('numbers stay as they are written, whatever a double makes of them', () => {
  expect(plain('{}', '{"#spec":"s","n.json":{"big":9007199254740993,"f":1.50}}', '').text).toBe(
    '{"#spec":"s","n.json":{"big":9007199254740993,"f":1.5E0}}',
  );
});

test('five thousand entries', () => {
  const entries = Array.from({ length: 5000 }, (_, at) => `"app${at % 100}/file${at}":"${'a'.repeat(64)}"`);
  const state = `{"#spec":"s",${entries.join(',')}}`;
  const parts = Array.from({ length: 50 }, (_, at) => `app${at}`).join(',');
  expect(plain(state, state, parts).text).toBe(canonicalize(state));
});
