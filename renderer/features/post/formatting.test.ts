import { expect, test } from 'vitest';
import { forecast } from '../../../shared/forecast/index.ts';
import { parseState, type StateDocument } from '../../../shared/state/state.ts';
import { hubFormatting } from './formatting.ts';
import { postedText } from './usePostedText.ts';

function state(text: string): StateDocument {
  const parsed = parseState(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}

const sha = 'ab12'.repeat(16);
const run = '{"name": "web", "type":"lxc","root-volume":"root.squashfs","restart_policy":"system"}';
const running = `{"#spec":"pantavisor-service-system@1","bsp/run.json":{"linux":"k"},"bsp/k":"${sha}","web/root.squashfs":"${sha}","web/run.json":${run}}`;

test('Straight to the device the draft’s own text goes; over the hub its canonical form', () => {
  expect(postedText('{"b": 1, "a": 2}', 'lan')).toBe('{"b": 1, "a": 2}');
  expect(postedText('{"b": 1, "a": 2}', 'hub')).toBe('{"a":2,"b":1}');
  expect([postedText('{', 'hub'), postedText('{ }', undefined)]).toEqual(['{', '{ }']);
});

test('An entry that nobody edited is told where the hub’s form of it alone differs from what runs', () => {
  const draft = running.replace('"linux":"k"', '"linux":"k2"');
  const moved = forecast(running, postedText(draft, 'hub'), { sinceBoot: [] });
  expect(hubFormatting(moved, state(running), state(draft))).toEqual({ keys: ['web/run.json'], effect: 'reboot' });
});

test('A form that the draft itself changed is the draft’s business, and what runs in canonical form stays', () => {
  const draft = running.replace('"name": "web"', '"name":  "web"');
  expect(
    hubFormatting(forecast(running, postedText(draft, 'hub'), { sinceBoot: [] }), state(running), state(draft)),
  ).toBeUndefined();
  const canonical = postedText(running, 'hub');
  expect(hubFormatting(forecast(canonical, canonical, { sinceBoot: [] }), state(canonical), state(canonical))).toBeUndefined();
});
