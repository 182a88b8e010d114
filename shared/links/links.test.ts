import { expect, test } from 'vitest';
import { isPlace, linkTo, placeOfLink } from './links.ts';

const device = 'f3a1c2d4-0000-4000-8000-000000000001';

test.each([
  '/',
  '/activity',
  '/settings/hosts',
  '/policies',
  `/device/${device}`,
  `/device/${device}/terminal`,
  `/device/${device}/compare?a=14&b=locals%2Ffix-dns&entry=bsp%2Frun.json`,
  `/device/${device}/draft/${device}/post`,
  '/series/7',
  '/checkouts',
  '/fidelity',
  `/checkout/${device}/files?file=web%2Frun.json`,
  `/checkout/${device}/compare?a=checkout%3A1%3Acommit&b=checkout%3A1%3Aworking`,
])('the link to %s leads there', (place) => {
  expect([isPlace(place), placeOfLink(linkTo(place))]).toEqual([true, place]);
});

test.each([
  'trailboss://app/',
  'trailboss://app/#/settings',
  'trailboss://device/../../etc/passwd',
  'trailboss://device/1/explode',
  'trailboss://device/../logs',
  'trailboss://device/./logs',
  'trailboss://series/..',
  'trailboss://device/1/draft/../post',
  'trailboss://device/1#x',
  `trailboss://device/${'1'.repeat(200)}`,
  'trailboss://device/1/compare?a=<script>',
  'trailboss://device/1/compare?a=14&b=export%3A%5C%5Cevil%5Cshare%5Ca.tgz',
  'trailboss://checkout/1/compare?a=%65xport:/etc/passwd&b=1',
  'trailboss://checkout/1/compare?a=%zz&b=1',
  'trailboss://checkout/1/explode',
  'trailboss:device/1',
  'https://device/1',
  'javascript:alert(1)',
  'trailboss://',
  '',
])('%s leads nowhere', (link) => {
  expect(placeOfLink(link)).toBeUndefined();
});

test.each([
  ['trailboss://fleet/', '/'],
  ['TRAILBOSS://activity/', '/activity'],
  ['trailboss://fleet?filter=status%3Aerror', '/?filter=status%3Aerror'],
])('%s leads to %s', (link, place) => {
  expect(placeOfLink(link)).toBe(place);
});
