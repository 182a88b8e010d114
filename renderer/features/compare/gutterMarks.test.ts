import { expect, test } from 'vitest';
import { prettyJson } from '../../../shared/compare/pretty.ts';
import { gutterMarks } from './gutterMarks.ts';

const pretty = (value: unknown) => prettyJson(JSON.stringify(value)).text;
const rule = 'restart policy system';

function lines(marks: readonly { readonly line: number; readonly endLine: number; readonly kind: string }[]): readonly string[] {
  return marks.map((mark) => `${mark.kind} ${mark.line}-${mark.endLine}`);
}

test('the line of a flipped restart policy is marked in particular, on both sides', () => {
  const marks = gutterMarks({
    change: 'changed',
    key: 'web/run.json',
    left: pretty({ name: 'web', group: 'app', restart_policy: 'container', type: 'lxc' }),
    right: pretty({ name: 'web', group: 'root', restart_policy: 'system', type: 'lxc' }),
    rule,
  });
  expect(lines(marks.left)).toEqual(['reboot 3-3', 'policy 4-4']);
  expect(lines(marks.right)).toEqual(['reboot 3-3', 'policy 4-4']);
  expect(marks.right[1]?.hover).toContain(rule);
});

test('a policy that appears is marked where it stands, and nothing on the other side', () => {
  const marks = gutterMarks({
    change: 'changed',
    key: 'web/run.json',
    left: pretty({ name: 'web' }),
    right: pretty({ name: 'web', restart_policy: 'system' }),
    rule,
  });
  expect(lines(marks.left)).toEqual([]);
  expect(lines(marks.right)).toEqual(['policy 3-3']);
});

test('every line of an added or removed entry is marked', () => {
  const text = pretty({ name: 'web', type: 'lxc' });
  expect(lines(gutterMarks({ change: 'added', key: 'web/run.json', left: undefined, right: text, rule }).right)).toEqual([
    'reboot 1-4',
  ]);
  expect(lines(gutterMarks({ change: 'removed', key: 'web/run.json', left: text, right: undefined, rule }).left)).toEqual([
    'reboot 1-4',
  ]);
});

test('a change of layout alone is marked at the top', () => {
  const text = pretty({ a: 1 });
  const marks = gutterMarks({ change: 'formatting-only', key: 'groups.json', left: text, right: text, rule });
  expect([lines(marks.left), lines(marks.right)]).toEqual([['reboot 1-1'], ['reboot 1-1']]);
});

test('a policy elsewhere than where the device reads it is an ordinary line', () => {
  const marks = gutterMarks({
    change: 'changed',
    key: 'groups.json',
    left: pretty([{ name: 'app', restart_policy: 'container', note: { restart_policy: 'a' } }]),
    right: pretty([{ name: 'app', restart_policy: 'system', note: { restart_policy: 'b' } }]),
    rule,
  });
  expect(lines(marks.right)).toEqual(['policy 4-4', 'reboot 6-6']);
});
