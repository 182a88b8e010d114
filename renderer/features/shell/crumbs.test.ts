import { expect, test } from 'vitest';
import { splitHash } from '../../routes/hashLocation.ts';
import { paths } from '../../routes/paths.ts';
import { crumbsOf } from './crumbs.ts';

function textAt(address: string): string {
  const { path, search } = splitHash(`#${address}`);
  return crumbsOf(path, search, (id) => (id === 'd1' ? 'greenhouse-03' : undefined))
    .map(({ text }) => text)
    .join(' / ');
}

test('Every screen says where it is', () => {
  const addresses = [
    paths.fleet(),
    paths.settings(),
    paths.activity(),
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
    '/nowhere',
  ];
  expect(addresses.map(textAt)).toEqual([
    'Fleet',
    'Settings',
    'Activity',
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
