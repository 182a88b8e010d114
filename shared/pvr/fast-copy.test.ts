import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { readMembers } from '../state/json-members.ts';
import { fastCopy, pairsProblem, readPairs } from './fast-copy.ts';
import { readReference } from './reference.ts';

const dir = new URL('./fixtures/remote/', import.meta.url);
const Transcript = z.object({
  name: z.string(),
  command: z.array(z.string()),
  stderr: z.string(),
  deviceStateBefore: z.string(),
});
const Request = z.object({ method: z.string(), requestBody: z.string().optional() });
const transcripts = readdirSync(dir)
  .filter((file) => /^fastcopy-.*\.json$/.test(file))
  .map((file) => Transcript.parse(JSON.parse(readFileSync(new URL(file, dir), 'utf8'))));

/** The state in what pvr posted; undefined where it refused to. */
function postedBy(name: string): string | undefined {
  const lines = readFileSync(new URL(`${name}.ndjson`, dir), 'utf8')
    .trim()
    .split('\n');
  const body = lines.map((line) => Request.parse(JSON.parse(line))).find(({ method }) => method === 'POST')?.requestBody;
  const post = body === undefined ? undefined : readMembers(body).find(({ key }) => key === 'post');
  return post && body?.slice(post.start, post.end);
}

describe('what the real pvr posts in its transcripts', () => {
  test.each(transcripts)('$name', ({ name, command, deviceStateBefore: state, stderr }) => {
    const [source = '', target = ''] = command
      .filter((word) => word.startsWith('http'))
      .map((word) => readReference(word))
      .map((read) => (read.ok ? read.reference.fragment : 'no reference'));
    const read = readPairs(source, target);
    if (!read.ok) {
      expect(stderr).toContain('RemoteCopy source URL must have');
      expect(postedBy(name)).toBeUndefined();
      return;
    }
    expect(fastCopy(state, state, read.pairs, command.includes('--merge')).text).toBe(postedBy(name));
  });

  test('each of them is there', () => {
    expect(transcripts).toHaveLength(12);
  });
});

const sha = (digit: string) => digit.repeat(64);
const source = `{"#spec":"s","app1/run.json":{"name":"app1"},"app1/root":"${sha('1')}","app10/root":"${sha('2')}"}`;
const target = `{"#spec":"t","app9/old":"${sha('3')}","app9":"${sha('4')}","app90/x":"${sha('5')}"}`;

test('a part under another name takes the place of the whole part, and of nothing that only begins the same', () => {
  const copied = fastCopy(source, target, [{ from: 'app1', to: 'app9' }], false);
  expect(copied.text).toBe(
    `{"#spec":"t","app9":"${sha('4')}","app9/root":"${sha('1')}","app9/run.json":{"name":"app1"},"app90/x":"${sha('5')}"}`,
  );
  expect(copied.gone).toEqual(['app9/old']);
  expect(copied.copied).toEqual(['app9/run.json', 'app9/root']);
  expect([...copied.objects]).toEqual([[sha('1'), 'app9/root']]);
});

test('merge leaves what the target has besides, and replaces entries whole', () => {
  const copied = fastCopy('{"a/r.json":{"x":1}}', '{"a/r.json":{"y":1},"a/s.json":1}', [{ from: 'a', to: 'a' }], true);
  expect(copied.text).toBe('{"a/r.json":{"x":1},"a/s.json":1}');
});

test('no pair is everything', () => {
  const copied = fastCopy(source, target, [], false);
  expect(copied.text).toContain('"#spec":"s"');
  expect(copied.gone).toEqual(['app9/old', 'app9', 'app90/x']);
});

test('pairs that make no sense are told', () => {
  expect(readPairs('', 'a')).toMatchObject({ ok: false });
  expect(readPairs('a', 'b,c')).toMatchObject({ ok: false });
  expect(readPairs('a,b', '')).toEqual({
    ok: true,
    pairs: [
      { from: 'a', to: 'a' },
      { from: 'b', to: 'b' },
    ],
  });
  expect(readPairs('a,-b', '')).toEqual({ ok: false, reason: 'Copying takes no part away by a minus: -b.' });
  expect(pairsProblem([{ from: 'a', to: '' }])).toContain('has a name');
});
