import { describe, expect, it } from 'vitest';
import { inexactEntries } from './inexact.ts';
import { parseState } from './state.ts';

function inexact(value: string): boolean {
  const parsed = parseState(`{"#spec":"pantavisor-service-system@1","a.json":{"deep":[{"n":${value}}]},"b.json":1}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return inexactEntries(parsed.state).includes('a.json');
}

describe('a number that the hub keeps as it is', () => {
  it.each(['0', '-1', '1.5', '0.1', '1e3', '100', '9007199254740992', '1e21', '18014398509481984', '"9007199254740993"'])(
    '%s',
    (number) => expect(inexact(number)).toBe(false),
  );
});

describe('a number that the hub would change', () => {
  it.each(['9007199254740993', '-9007199254740993', '123456789012345678901', '0.12345678901234567890123', '1e400'])(
    '%s',
    (number) => expect(inexact(number)).toBe(true),
  );
});
