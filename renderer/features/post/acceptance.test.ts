import { expect, test } from 'vitest';
import type { PreflightFinding, PreflightSeverity } from '../../../shared/forecast/preflight-types.ts';
import { agreementOf } from './acceptance.ts';

function finding(severity: PreflightSeverity, text: string): PreflightFinding {
  return { rule: 'parser-refuses', severity, key: 'web/run.json', pointer: undefined, text, source: 'x', advice: 'y' };
}

const agreed = { version: 3, via: 'lan', findings: [finding('refused', 'a'), finding('notice', 'b')] };

test('what was agreed to lapses with the draft, the direction and what will be refused, and with nothing else', () => {
  const same = { ...agreed, findings: [finding('refused', 'a'), finding('fails', 'c')] };
  expect(agreementOf(same)).toBe(agreementOf(agreed));
  const others = [
    { ...agreed, version: 4 },
    { ...agreed, via: 'hub' },
    { ...agreed, findings: [finding('refused', 'other')] },
    { ...agreed, findings: [finding('refused', 'a'), finding('refused', 'd')] },
  ];
  expect(others.filter((other) => agreementOf(other) === agreementOf(agreed))).toEqual([]);
});
