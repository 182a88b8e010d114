import { expect, test } from 'vitest';
import { LogShell } from './log-shell.ts';

const never = new AbortController().signal;

test('A device that talks without being asked is heard no longer', async () => {
  let given = 0;
  let ended = false;
  const shell = new LogShell({
    async *stream() {
      try {
        for (; given < 10_000; given += 1) yield Buffer.alloc(65_536, 'x');
      } finally {
        ended = true;
      }
    },
  });
  await expect.poll(() => ended).toBe(true);
  expect(given).toBeLessThan(100);
  expect(shell.isOpen).toBe(false);
  await expect(shell.ask('true', 100, never)).rejects.toMatchObject({ code: 'BAD_REPLY' });
});
