import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { diagnosticsText } from './diagnostics.ts';

test('it tells versions and counts, and nobody’s name', () => {
  const text = diagnosticsText(
    {
      version: '1.2.3',
      profileDir: join(homedir(), '.local', 'share', 'trailboss'),
      devices: { total: 12, open: 9 },
      work: [{ id: 'u', text: 'greenhouse-03: 14' }],
      pollsPerMinute: 30,
      polls: { devices: 20, hubs: 10 },
      looking: true,
      notices: [{ id: 'unreadable-entries', at: 1, title: 'secret title', text: 'secret text' }],
    },
    { database: 4096, objects: { count: 2, bytes: 10 }, unused: { count: 1, bytes: 5 }, states: 7, activity: 3 },
    [{ status: { kind: 'open' } }, { status: { kind: 'locked' } }],
  );
  expect(text).toContain('Devices: 9 of 12 reached');
  expect(text).toContain('Hub accounts: open, locked');
  for (const hidden of [homedir(), 'greenhouse', 'secret']) expect(text).not.toContain(hidden);
});
