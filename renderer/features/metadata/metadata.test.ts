import { expect, test } from 'vitest';
import { reachableAddresses, readDeviceMeta } from './deviceMeta.ts';
import { hasKey, keyFault, kindOf, metaRows, typedValue, valueText } from './userMeta.ts';

const meta = {
  storage: { total: 270553174016, free: 240493694976, reserved: 13527658700, real_free: 226966036276 },
  interfaces: {
    'lo.ipv4': ['127.0.0.1'],
    'lxcbr0.mac': ['72:6c:f6:1d:f5:45'],
    'lxcbr0.ipv4': ['10.0.3.1'],
    'eth0.100.ipv4': ['192.168.7.20'],
  },
  sysinfo: { uptime: 3402, totalram: 25276514304, freeram: 24556003328, mem_unit: 1 },
  time: { timeval: { tv_sec: 1795248618, tv_usec: 242333 }, timezone: {} },
  'pantavisor.uname': { 'kernel.name': 'Linux', 'kernel.release': '6.18.44', 'kernel.version': '#1' },
  'pantavisor.version': '029',
  'pantahub.online': '1',
  'web.door': 'open',
};

test('What a device tells is sorted; what is not understood stays in sight', () => {
  const facts = readDeviceMeta(meta);
  expect([facts.storage?.usable, facts.uptime, facts.clock, facts.kernel, facts.version, facts.hub, facts.rest]).toEqual([
    226966036276,
    3402,
    1795248618000,
    'Linux 6.18.44',
    '029',
    { online: '1' },
    [['web.door', 'open']],
  ]);
  expect(reachableAddresses(facts.interfaces)).toEqual(['192.168.7.20']);
});

test('JSON that came as a text is opened; a value of another shape is shown as it is', () => {
  const facts = readDeviceMeta({ storage: '{"total":"10","free":4}', time: 'noon', sysinfo: 7 });
  expect([facts.storage, facts.clock, facts.rest]).toEqual([
    { total: 10, free: 4, reserved: undefined, usable: undefined },
    undefined,
    [
      ['sysinfo', 7],
      ['time', 'noon'],
    ],
  ]);
  expect(readDeviceMeta({}).rest).toEqual([]);
});

test('The device’s own keys stand before those of its account, and labels elsewhere', () => {
  expect(
    metaRows({ b: 1, 'label.site': 'lab', c: 'x' }, { a: 'all', b: 2 }).map(({ key, value, from }) => [key, value, from]),
  ).toEqual([
    ['a', 'all', 'account'],
    ['b', 1, 'over-account'],
    ['c', 'x', 'own'],
  ]);
});

test('A value is typed as a text or as JSON, and null is none', () => {
  expect([
    typedValue('text', '{"a":1}'),
    typedValue('json', '{"a":1}'),
    typedValue('json', '{"a":'),
    typedValue('json', 'null'),
    typedValue('json', '3'),
  ]).toEqual([
    { ok: true, value: '{"a":1}' },
    { ok: true, value: { a: 1 } },
    { ok: false, reason: 'json' },
    { ok: false, reason: 'null' },
    { ok: true, value: 3 },
  ]);
  expect([kindOf('x'), kindOf({ a: 1 }), valueText('x'), valueText({ a: 1 })]).toEqual(['text', 'json', 'x', '{\n  "a": 1\n}']);
});

test('A key is new, of a form that the hub keeps, and no label', () => {
  expect([
    keyFault(' ', {}),
    keyFault('$a', {}),
    keyFault('a\uFF2Eb', {}),
    keyFault('label.x', {}),
    keyFault('a', { a: 1 }),
    keyFault('b', {}),
  ]).toEqual(['empty', 'form', 'form', 'label', 'taken', undefined]);
});

test('A public key is found among others whatever its comment is', () => {
  expect([
    hasKey('ssh-rsa AAAA me@here\necdsa BBBB', 'ecdsa BBBB trailboss@laptop'),
    hasKey('ssh-rsa AAAA', 'ecdsa BBBB trailboss@laptop'),
    hasKey(undefined, 'ecdsa BBBB'),
  ]).toEqual([true, false, false]);
});
