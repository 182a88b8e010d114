import { expect, test } from 'vitest';
import { DeviceId } from '../../../../shared/contract/ids.ts';
import { compareHref, referenceHref } from './hrefs.ts';

const home = DeviceId.parse('home');
const other = DeviceId.parse('other');

test('a device is compared with the reference of another one', () => {
  expect(
    [
      compareHref(home, 'locals/a', other),
      compareHref(home, 'locals/a', home, 'os/run.json'),
      compareHref(home, 'draft:d', other),
    ].map((href) => decodeURIComponent(href)),
  ).toEqual([
    '/device/other/compare?a=current&b=device:home:locals/a',
    '/device/home/compare?a=current&b=locals/a&entry=os/run.json',
    '/device/other/compare?a=current&b=draft:d',
  ]);
});

test('another reference has the address of its own device', () => {
  expect(
    [referenceHref(home, 'device:other:14'), referenceHref(home, 'draft:d')].map((href) => decodeURIComponent(href)),
  ).toEqual(['/device/other/differences?reference=14', '/device/home/differences?reference=draft:d']);
});
