import { expect, test } from 'vitest';
import { Draft } from '../../../shared/contract/draft.ts';
import { forecast } from '../../../shared/forecast/index.ts';
import { parseState } from '../../../shared/state/state.ts';
import { draftProblems } from './problems.ts';

const text = '{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web"}}';
const parsed = parseState(text);
if (!parsed.ok) throw new Error(parsed.reason);
const { state } = parsed;

function draft(unfinished: Record<string, string>): Draft {
  return Draft.parse({
    id: 'a',
    deviceId: 'd',
    version: 1,
    base: { revision: '1', text },
    text,
    objects: [],
    title: '',
    createdAt: 0,
    changedAt: 0,
    unfinished,
  });
}

test('an unfinished entry blocks and says where it is wrong', () => {
  const problems = draftProblems({
    draft: draft({ 'web/run.json': '{"name": }' }),
    state,
    forecast: forecast(text, text),
    remarks: undefined,
  });
  expect(problems).toEqual([
    { severity: 'blocks', key: 'web/run.json', line: undefined, text: expect.stringContaining('line 1, column 10') },
  ]);
});

test('what the editor says about an unfinished entry is not told twice', () => {
  const remarks = { key: 'web/run.json', list: [{ severity: 'error', line: 1, text: 'Value expected' }] } as const;
  expect(draftProblems({ draft: draft({ 'web/run.json': '{' }), state, forecast: undefined, remarks })).toHaveLength(1);
  expect(draftProblems({ draft: draft({}), state, forecast: undefined, remarks })).toEqual([
    { severity: 'warns', key: 'web/run.json', line: 1, text: 'Value expected' },
  ]);
});

test('a state that the device will not take is a problem of the whole draft', () => {
  const refused = forecast(text, text.replace('{"name":"web"}', '{"name":"web","roles":"mgmt"}'));
  expect(refused.kind).toBe('refused');
  expect(draftProblems({ draft: draft({}), state, forecast: refused, remarks: undefined })[0]?.text).toMatch(
    /^The device will refuse it/,
  );
});
