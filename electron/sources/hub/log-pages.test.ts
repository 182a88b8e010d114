import { afterEach, expect, it } from 'vitest';
import { noLogFilter } from '../../../shared/contract/logs.ts';
import { closeAll, deviceId, longSession, never, open, problemOf, type Said, scriptedHub } from './test-support.ts';

afterEach(closeAll);

const iso = (at: number) => new Date(at).toISOString();
const line = (at: number, id: string, more: Readonly<Record<string, unknown>> = {}) => ({
  id: `${id}-${'0'.repeat(8)}`,
  dev: `prn:::devices:/${deviceId}`,
  'time-created': iso(at),
  msg: id,
  ...more,
});
type Line = ReturnType<typeof line>;

/** A hub's logs as Elasticsearch pages them. `before` each question something may go wrong. */
function logsOf(lines: readonly Line[], before: (query: URLSearchParams) => Said | undefined = () => undefined) {
  return scriptedHub(({ url }) => {
    const query = new URL(url, 'http://hub').searchParams;
    const trouble = before(query);
    if (trouble) return trouble;
    const time = ({ 'time-created': created }: Line) => Date.parse(created);
    const [after, until] = [query.get('after'), query.get('before')].map((text) =>
      text === null ? undefined : Date.parse(text),
    );
    const found = lines
      .filter((one) => (after === undefined || time(one) > after) && (until === undefined || time(one) < until))
      .toSorted((a, b) => (query.get('sort') === 'time-created' ? time(a) - time(b) : time(b) - time(a)));
    const page = found.slice(0, Number(query.get('page')));
    return { body: { entries: page.map((one) => (one.msg === 'garbage' ? { ...one, 'time-created': 'garbage' } : one)) } };
  });
}

it('a failure in the middle of many new entries loses none of those that came before it', async () => {
  const lines: Line[] = [];
  let questions = 0;
  const hub = await logsOf(lines, (query) => {
    if (lines.length === 0 || query.get('sort') !== 'time-created') return undefined;
    questions += 1;
    return questions === 2 ? { status: 503 } : undefined;
  });
  const seen: string[] = [];
  for await (const { entries } of open(hub, longSession()).tailLogs(deviceId, noLogFilter, never)) {
    seen.push(...entries.map(({ text }) => text));
    const now = Date.now();
    if (lines.length === 0) for (let at = 0; at < 1500; at += 1) lines.push(line(now + at, `${at}`));
    if (seen.length >= 1500) break;
  }
  expect(seen).toEqual(Array.from({ length: 1500 }, (_, at) => `${at}`));
});

it('an entry that can’t be read is not the end of the logs', async () => {
  const start = Date.UTC(2026, 0, 1);
  const lines = Array.from({ length: 30 }, (_, at) => line(start + at, at === 25 ? 'garbage' : `${at}`));
  const client = open(await logsOf(lines), longSession());
  const seen: string[] = [];
  for (let older: string | undefined, pages = 0; pages < 10; pages += 1) {
    const page = await client.logs(deviceId, noLogFilter, { limit: 10, older }, never);
    seen.push(...page.entries.map(({ text }) => text));
    older = page.older;
    if (older === undefined) break;
  }
  expect(seen).toEqual(lines.flatMap(({ msg }) => (msg === 'garbage' ? [] : [msg])).toReversed());
});

it('a device’s clock that is beyond all dates is left out', async () => {
  const hub = await logsOf([line(Date.UTC(2026, 0, 1), 'strange', { tsec: 99_999_999_999_999 })]);
  const { entries } = await open(hub, longSession()).logs(deviceId, noLogFilter, { limit: 10 }, never);
  expect(entries).toHaveLength(1);
  expect(entries[0]).not.toHaveProperty('deviceAt');
});

it('following ends with the account: there is nobody left to ask', async () => {
  const client = open(await logsOf([]), longSession());
  const tail = client.tailLogs(deviceId, noLogFilter, never)[Symbol.asyncIterator]();
  await tail.next();
  await client.close();
  expect((await problemOf(tail.next())).code).toBe('SESSION_ENDED');
});
