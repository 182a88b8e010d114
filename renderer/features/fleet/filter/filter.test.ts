import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { AccountId } from '../../../../shared/contract/hub.ts';
import { strings } from '../../../strings/fleetFilter.ts';
import { completeFilter } from './completeFilter.ts';
import { facetsOf } from './fieldFacets.ts';
import { type FieldName, fieldNames } from './filterFields.ts';
import { deviceTest, filterDevices } from './matchFilter.ts';
import { parseFilter, writtenValue } from './parseFilter.ts';

function device(id: string, more: Partial<DeviceSummary> = {}): DeviceSummary {
  const plain = {
    id,
    name: `greenhouse ${id}`,
    demo: false,
    connection: { host: '10.0.0.7', http: null, ssh: null },
    ways: { http: { kind: 'not-configured' }, ssh: { kind: 'not-configured' }, hub: { kind: 'not-configured' } },
    labels: {},
    condition: 'up-to-date',
  };
  return { ...DeviceSummary.parse(plain), ...more };
}

const hub = {
  accountId: AccountId.parse('a'),
  account: 'fleet · api.pantahub.com',
  deviceId: 'f00d',
  nick: 'x',
  public: false,
};

const fleet = [
  device('a', { labels: { site: 'lab', spare: '' }, running: { revision: '9' }, checkpoint: true }),
  device('b', { connection: null, hub, labels: { site: 'roof' }, running: { revision: '14' }, condition: 'not-answering' }),
  device('c', {
    hub,
    condition: 'failed',
    running: { revision: 'locals/fix-dns', message: 'Fix DNS' },
    checkpoint: false,
    mode: 'local',
  }),
  device('d', {
    labels: { site: 'Plant 2', rack: 'lab' },
    board: 'Raspberry Pi 4',
    containers: { total: 2, ready: 2, names: ['homeassistant', 'web-proxy'] },
    condition: 'answering',
    running: { revision: '114' },
  }),
];

const found = (filter: string) =>
  filterDevices(fleet, filter)
    .map(({ id }) => id)
    .join('');
const messages = (filter: string) => parseFilter(filter).errors.map(strings.errorText);

test('Every word has to be somewhere in the row', () => {
  const filters = [
    '',
    'green',
    'GREEN raspberry',
    '10.0.0',
    'fix-dns',
    'not answering',
    'green toradex',
    'f00d',
    '-green',
    '-lab d',
  ];
  expect(filters.map(found)).toEqual(['abcd', 'abcd', 'd', 'acd', 'c', 'b', '', 'bc', '', 'bc']);
});

test('A token looks in one place only', () => {
  const wanted = {
    'source:hub': 'bc',
    'source:lan': 'acd',
    'source:both': 'c',
    'account:pantahub': 'bc',
    'label:site=lab': 'a',
    'label:spare': 'a',
    'label:lab': 'ad',
    'container:homeassistant': 'd',
    'container:proxy': 'd',
    'board:pi': 'd',
    'mode:local': 'c',
    'checkpoint:yes': 'a',
    'checkpoint:no': 'c',
    'update:yes': '',
    'update:no': 'abcd',
    'name:"greenhouse a"': 'a',
    'STATUS:Failed': 'c',
  };
  expect(Object.fromEntries(Object.keys(wanted).map((filter) => [filter, found(filter)]))).toEqual(wanted);
});

test('A condition is found by its name, its badge and what people call it, each from its beginning', () => {
  const wanted = {
    'status:error': 'c',
    'status:silent': 'b',
    'status:"not answering"': 'b',
    'status:answering': 'd',
    'status:up-to-date': 'a',
    'status:attention': 'bc',
    'status:failed,answering': 'cd',
    '-status:attention': 'ad',
  };
  expect(Object.fromEntries(Object.keys(wanted).map((filter) => [filter, found(filter)]))).toEqual(wanted);
});

test('Revisions compare as numbers; names without one are equal or not, and have no order', () => {
  const wanted = {
    'rev:14': 'b',
    'rev:<14': 'a',
    'rev:<=14': 'ab',
    'rev:>9': 'bd',
    'rev:>=9': 'abd',
    'rev:=9': 'a',
    'rev:locals/': 'c',
    'rev:=locals/fix': '',
    '-rev:<100': 'cd',
    'rev:9,14': 'ab',
    'rev:<': 'abcd',
  };
  expect(Object.fromEntries(Object.keys(wanted).map((filter) => [filter, found(filter)]))).toEqual(wanted);
});

test('Quotes hold a value together and mean the whole of it, also while they are typed', () => {
  const wanted = {
    'label:"site=plant 2"': 'd',
    'label:site="plant 2"': 'd',
    'label:"site=pl': 'd',
    'label:"site"': 'abd',
    'label:"lab"': '',
    '"greenhouse a"': 'a',
    '"site=lab"': 'a',
    '"': 'abcd',
    '-"greenhouse a"': 'bcd',
  };
  expect(Object.fromEntries(Object.keys(wanted).map((filter) => [filter, found(filter)]))).toEqual(wanted);
});

test('What is wrong is told in a sentence, and the rest applies', () => {
  expect({
    unknown: [messages('site:lab 10.0'), found('site:lab source:both')],
    value: [messages('status:eror'), found('status:eror,failed')],
    comparison: [messages('version:<3'), found('version:<3 label:spare')],
    name: [messages('rev:<locals/x'), found('rev:<locals/x label:spare')],
    number: messages('rev:>=v2'),
    quote: [messages('lab "gre'), found('label:spare "gre')],
    typing: ['status:', 'sta', 'rev:<', '-', 'checkpoint:y', 'fe80::1', 'http://10.0.0.7:80', '10.0.0.7:80'].flatMap(messages),
  }).toEqual({
    unknown: [['There is no site: token. To look for the text, put it in quotes.'], 'c'],
    value: [['No status begins with “eror”.'], 'c'],
    comparison: [['version: can’t be compared; < and > work with rev: only.'], 'a'],
    name: [['Names such as locals/… have no order: compare with a number, as in rev:<12.'], 'a'],
    number: ['rev: compares with a number, as in rev:<12, and “v2” is none.'],
    quote: [['A quote is not closed: everything after it belongs to it.'], 'a'],
    typing: [],
  });
});

const anyText = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom('status:', 'rev:', 'label:', '-', '"', '\\', ' ', ',', '<', '=', 'a', '1', 'x:', ':'), {
      maxLength: 24,
    })
    .map((all) => all.join('')),
);

test('Any text is read: tokens follow each other and leave out nothing but space', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { tokens, errors } = parseFilter(text);
      let at = 0;
      for (const token of tokens) {
        expect(text.slice(at, token.start).trim()).toBe('');
        expect(token.end).toBeGreaterThan(token.start);
        for (const value of token.values) expect(value.start >= token.start && value.end <= token.end).toBe(true);
        at = token.end;
      }
      expect(text.slice(at).trim()).toBe('');
      for (const { start, end } of errors) expect(start < end && end <= text.length).toBe(true);
      expect(filterDevices(fleet, text).length).toBeLessThanOrEqual(fleet.length);
    }),
  );
});

test('A value that is written for the filter is read as it was', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.boolean(), fc.constantFrom(...fieldNames), (value, exact, field) => {
      const [token, ...others] = parseFilter(`${field}:${writtenValue(value, exact)} rest`).tokens;
      expect(token?.values.map(({ text }) => text)).toEqual([value.toLowerCase()]);
      expect(others.length).toBe(1);
    }),
  );
});

test('Of each device either a token holds or its negation', () => {
  const values = ['lab', 'site=lab', 'yes', 'attention', '<14', '>=9', 'locals', 'hub', '"greenhouse a"', 'no,yes'];
  fc.assert(
    fc.property(fc.constantFrom(...fieldNames), fc.constantFrom(...values), (field, value) => {
      const token = `${field}:${value}`;
      const holds = deviceTest(parseFilter(token));
      const not = deviceTest(parseFilter(`-${token}`));
      expect(fleet.map((one) => holds?.(one))).toEqual(fleet.map((one) => (not === undefined ? undefined : !not(one))));
    }),
  );
});

test('A wrong token changes nothing of what the others find', () => {
  const good = fc.constantFrom('label:site', 'status:failed', 'green', 'rev:>9', '-source:hub');
  const wrong = fc.constantFrom('nothing:x', 'status:zzz', 'rev:<locals/x', 'board:>3', 'source:moon');
  fc.assert(
    fc.property(good, wrong, (one, other) => {
      expect(found(`${other} ${one}`)).toBe(found(one));
      expect(found(`${one} ${other}`)).toBe(found(one));
    }),
  );
});

const complete = (text: string, caret = text.length) => {
  const { list, start, end } = completeFilter(text, caret, (field: FieldName) => facetsOf(field, fleet));
  return list.map(({ insert }) => text.slice(0, start) + insert + text.slice(end));
};

test('Names of tokens are offered, then the values of the fleet with how many devices have each', () => {
  expect({
    nothing: complete('').length,
    name: complete('green -c'),
    inside: complete('st source:hub', 2),
    values: complete('label:'),
    counts: facetsOf('label', fleet).map(({ value, devices }) => `${value} ${devices}`),
    begun: complete('label:site=la'),
    other: complete('source:hub,b'),
    quoted: complete('label:"site=pl'),
    part: complete('container:prox'),
    status: complete('status:answ'),
    comparison: complete('rev:<'),
    whole: complete('label:site=lab'),
    word: complete('greenhouse-03'),
  }).toEqual({
    nothing: fieldNames.length,
    name: ['green -container:', 'green -checkpoint:'],
    inside: ['status: source:hub'],
    values: ['label:"site"', 'label:rack=lab', 'label:site=lab', 'label:"site=Plant 2"', 'label:site=roof', 'label:spare'],
    counts: ['site 3', 'rack=lab 1', 'site=lab 1', 'site=Plant 2 1', 'site=roof 1', 'spare 1'],
    begun: ['label:site=lab'],
    other: ['source:hub,both'],
    quoted: ['label:"site=Plant 2"'],
    part: ['container:web-proxy'],
    status: ['status:answering', 'status:not-answering'],
    comparison: ['rev:<9', 'rev:<14', 'rev:<114'],
    whole: [],
    word: [],
  });
});

test('The number beside a value is the number of devices that choosing it finds', () => {
  for (const field of fieldNames) {
    for (const { suggestion, insert } of completeFilter(`${field}:`, field.length + 1, (name) => facetsOf(name, fleet)).list) {
      if (suggestion.kind !== 'value') continue;
      expect([field, insert, filterDevices(fleet, `${field}:${insert}`).length]).toEqual([field, insert, suggestion.devices]);
    }
  }
});
