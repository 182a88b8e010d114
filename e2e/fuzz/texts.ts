import fc from 'fast-check';

/** What parsers stumble over. Long ones are made of a few characters, so that a failure can be printed. */
const nasty: readonly string[] = [
  '"__proto__":{"polluted":true},',
  '"constructor":{"prototype":{"polluted":true}},',
  '{"__proto__":null}',
  '"toString":1,',
  '\\ud800',
  '\\udc00\\ud800',
  '\ud800',
  '\u0000',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\\u0000',
  '1e999999999',
  '-1E-999999999',
  '1e9999',
  '9'.repeat(400),
  '0.1e-400',
  '-0',
  'null',
  '[]',
  '{}',
  ',',
  '"',
  '\\',
  '\\x',
  '/',
  '../',
  '*',
  '**',
  '{a,b}',
  '['.repeat(3000),
  ']'.repeat(3000),
  '{"a":'.repeat(3000),
  '}'.repeat(3000),
  '*/'.repeat(500),
  'a/'.repeat(3000),
  'a'.repeat(20_000),
  '"#spec":"pvs@2",',
  '"#spec":"pantavisor-service-system@1",',
  '\r\n',
  '//',
  '#',
  '%2F',
  '%',
];

type Edit =
  | { readonly kind: 'insert'; readonly at: number; readonly text: string }
  | { readonly kind: 'remove'; readonly at: number; readonly length: number }
  | { readonly kind: 'repeat'; readonly at: number; readonly length: number; readonly times: number }
  | { readonly kind: 'replace'; readonly at: number; readonly code: number };

const place = fc.double({ min: 0, max: 1, noNaN: true });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    at: place,
    text: fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 20 })),
  }),
  fc.record({ kind: fc.constant('remove' as const), at: place, length: fc.integer({ min: 1, max: 200 }) }),
  fc.record({
    kind: fc.constant('repeat' as const),
    at: place,
    length: fc.integer({ min: 1, max: 100 }),
    times: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ kind: fc.constant('replace' as const), at: place, code: fc.integer({ min: 0, max: 0x2ff }) }),
);

function edited(text: string, change: Edit): string {
  const at = Math.floor(change.at * text.length);
  switch (change.kind) {
    case 'insert':
      return text.slice(0, at) + change.text + text.slice(at);
    case 'remove':
      return text.slice(0, at) + text.slice(at + change.length);
    case 'repeat':
      return text.slice(0, at) + text.slice(at, at + change.length).repeat(change.times) + text.slice(at);
    case 'replace':
      return text.slice(0, at) + String.fromCharCode(change.code) + text.slice(at + 1);
  }
}

/** One of the samples with up to eight edits, or with a piece of another one in it. */
export function mutated(samples: readonly string[]): fc.Arbitrary<string> {
  const sample = fc.constantFrom(...samples);
  const spliced = fc.tuple(sample, sample, place, place).map(([one, other, a, b]) => {
    const half = other.slice(Math.floor(b * other.length));
    return one.slice(0, Math.floor(a * one.length)) + half;
  });
  return fc
    .tuple(fc.oneof({ weight: 4, arbitrary: sample }, { weight: 1, arbitrary: spliced }), fc.array(edit, { maxLength: 8 }))
    .map(([text, edits]) => edits.reduce(edited, text));
}

const key = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'a/run.json',
    'bsp/run.json',
    'web/run.json',
    '#spec',
    'groups.json',
    'device.json',
    '',
  ),
  fc.constantFrom('../x.json', '/etc/passwd', 'a//b', 'a/../../b', '.pvr/json', '.pv/x', 'a/\u0000', '\ud800', 'a/'.repeat(2000)),
  fc.string({ maxLength: 30 }),
);

/** JSON of any shape, with keys that are dangerous; sometimes with something behind it. */
export const jsonText: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.constantFrom('null', 'true', '0', '-0', '1e400', '1.50', '12345678901234567890', '""', '"__proto__"', '[]', '{}'),
    fc.string({ maxLength: 20 }).map((text) => JSON.stringify(text)),
    fc.array(tie('value'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((members) => {
      return `{${members.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(', ')}}`;
    }),
  ),
})).value;

const sha = fc.constantFrom('a', 'b', '0').map((digit) => `"${digit.repeat(64)}"`);

/** A state whose keys and values are any, so that more of them are read to their end than of mutated ones. */
export const stateText: fc.Arbitrary<string> = fc
  .array(fc.tuple(key, fc.oneof(sha, jsonText)), { maxLength: 12 })
  .map((entries) => {
    const members = entries.map(([name, value]) => `${JSON.stringify(name)}:${value}`);
    return `{${['"#spec":"pantavisor-service-system@1"', ...members].join(',')}}`;
  });

/** Any text that may come where one of the samples is expected. */
export function anyText(samples: readonly string[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: mutated(samples) },
    { weight: 3, arbitrary: jsonText },
    { weight: 2, arbitrary: stateText },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}
