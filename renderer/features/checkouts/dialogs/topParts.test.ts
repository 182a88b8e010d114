import { expect, test } from 'vitest';
import { topParts } from './topParts.ts';

test('parts are the first folders, those of configuration and signatures by what they belong to', () => {
  const keys = ['#spec', 'bsp/run.json', 'bsp/kernel.img', '_config/web/a/b', '_sigs/web.json', 'device.json', 'web/run.json'];
  expect(topParts(keys)).toEqual(['_config/web', '_sigs/web.json', 'bsp', 'device.json', 'web']);
});
