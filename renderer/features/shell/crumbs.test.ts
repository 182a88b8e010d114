import { expect, test } from 'vitest';
import { splitHash } from '../../routes/hashLocation.ts';
import { paths } from '../../routes/paths.ts';
import { crumbsOf } from './crumbs.ts';

function textAt(address: string): string {
  const { path, search } = splitHash(`#${address}`);
  const deviceName = (id: string) => (id === 'd1' ? 'greenhouse-03' : undefined);
  const checkoutName = (id: string) => (id === 'c1' ? 'board' : undefined);
  return crumbsOf(path, search, deviceName, checkoutName)
    .map(({ text }) => text)
    .join(' / ');
}

test('Every screen says where it is', () => {
  const addresses = [
    paths.fleet(),
    paths.settings(),
    paths.activity(),
    paths.fidelity(),
    paths.device('d1'),
    paths.device('d1', 'state'),
    paths.device('unknown'),
    paths.compare('d1', '14', 'locals/fix-dns'),
    paths.compare('d1', 'current', 'device:d1:current'),
    paths.differences('d1', '14'),
    paths.draft('d1', 'x'),
    paths.post('d1', 'x'),
    paths.update('d1', 'u'),
    '/update/u',
    paths.checkouts(),
    paths.checkout('c1', 'files'),
    paths.checkoutCompare('c1', 'checkout:c1:commit', 'export:/tmp/a.tgz'),
    paths.compare('d1', 'current', 'checkout:c1:working'),
    '/nowhere',
  ];
  expect(addresses.map(textAt)).toEqual([
    'Fleet',
    'Settings',
    'Activity',
    'Activity / Forecast against actual',
    'Fleet / greenhouse-03',
    'Fleet / greenhouse-03',
    'Fleet / Device',
    'Fleet / greenhouse-03 / 14 → locals/fix-dns',
    'Fleet / greenhouse-03 / running now → greenhouse-03 running now',
    'Fleet / greenhouse-03 / Fleet against 14',
    'Fleet / greenhouse-03 / Draft',
    'Fleet / greenhouse-03 / Draft / Post',
    'Fleet / greenhouse-03 / Update',
    'Fleet / Update',
    'Checkouts',
    'Checkouts / board',
    'Checkouts / board / board commit → a.tgz',
    'Fleet / greenhouse-03 / running now → board working tree',
    'Fleet',
  ]);
});

test('What stands after the hash is path and search', () => {
  expect([splitHash(''), splitHash('#/'), splitHash('#device/1?a=1&b=x%2Fy')]).toEqual([
    { path: '/', search: '' },
    { path: '/', search: '' },
    { path: '/device/1', search: 'a=1&b=x%2Fy' },
  ]);
});
