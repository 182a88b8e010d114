import { expect, test } from 'vitest';
import { languageOf } from './language.ts';

test('the language follows the ending of the key', () => {
  expect(
    ['web/run.json', 'web/compose.yml', '_config/web/etc/init.sh', 'web/lxc.container.conf', 'bsp/kernel.img'].map((key) =>
      languageOf(key),
    ),
  ).toEqual(['json', 'yaml', 'shell', 'shell', 'plaintext']);
});

test('a file without an ending is a script when it says so', () => {
  expect(languageOf('_config/web/usr/bin/start', '#!/bin/sh\n')).toBe('shell');
});
