import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** A header of a tar archive with everything that can be wrong in it. */
export interface RawEntry {
  readonly name: string;
  /** A byte: 0 and 5 are files and folders, 1 and 2 links, x and g PAX headers, L and K long names, S sparse. */
  readonly type: string;
  readonly body: Buffer;
  /** What the header says of the size; what it is when absent. */
  readonly size?: string;
  readonly link?: string;
  readonly prefix?: string;
  readonly magic?: string;
  /** A sum that does not fit. */
  readonly wrongSum?: boolean;
}

/** An archive as bytes, written by hand: a library would refuse most of it. */
export function tarOf(entries: readonly RawEntry[], end = true): Buffer {
  const blocks = entries.flatMap((entry) => [headerOf(entry), entry.body, Buffer.alloc((512 - (entry.body.length % 512)) % 512)]);
  return Buffer.concat([...blocks, ...(end ? [Buffer.alloc(1024)] : [])]);
}

function headerOf({
  name,
  type,
  body,
  size,
  link = '',
  prefix = '',
  magic = 'ustar\u000000',
  wrongSum = false,
}: RawEntry): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\u0000', 100);
  header.write('0000000\u00000000000\u0000', 108);
  header.write(`${(size ?? body.length.toString(8)).padStart(11, '0').slice(0, 11)}\u0000`, 124, 'latin1');
  header.write('00000000000\u0000', 136);
  header.write('        ', 148);
  header.write(type.slice(0, 1), 156, 'latin1');
  header.write(link, 157, 100, 'utf8');
  header.write(magic, 257, 8, 'latin1');
  header.write(prefix, 345, 155, 'utf8');
  const sum = header.reduce((total, byte) => total + byte, 0) + (wrongSum ? 1 : 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\u0000 `, 148, 'latin1');
  return header;
}

/** A PAX header's record; its length counts itself. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest) + 1;
  while (Buffer.byteLength(`${length}${rest}`) !== length) length += 1;
  return `${length}${rest}`;
}

const sha = createHash('sha256').update('one').digest('hex');
const names = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('json', `objects/${sha}`, `objects/${'a'.repeat(64)}`, './json') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '../outside',
      '/tmp/outside',
      'objects/../../outside',
      '.pvr/json',
      'objects/../json',
      'config',
      'a'.repeat(100),
      '',
      '\\..\\outside',
      'objects/',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 90 }) },
);

const pax = fc
  .array(
    fc.tuple(
      fc.constantFrom('path', 'size', 'linkpath', 'GNU.sparse.realsize', 'GNU.sparse.name', '__proto__'),
      fc.constantFrom('../outside', '/tmp/outside', '99999999999999', '-1', 'json', 'a'.repeat(5000)),
    ),
    { maxLength: 3 },
  )
  .map((records) => Buffer.from(records.map(([key, value]) => paxRecord(key, value)).join('')));

export function rawEntries(states: fc.Arbitrary<string>): fc.Arbitrary<readonly RawEntry[]> {
  const body = fc.oneof(
    states.map((text) => Buffer.from(text)),
    fc.constantFrom(Buffer.from('one'), Buffer.alloc(0), Buffer.alloc(600)),
  );
  const file = fc.record(
    {
      name: names,
      type: fc.oneof(
        { weight: 8, arbitrary: fc.constant('0') },
        { weight: 2, arbitrary: fc.constantFrom('\u0000', '1', '2', '3', '4', '5', '6', '7', 'S', 'D', 'V', '?') },
      ),
      body,
      size: fc.constantFrom('77777777777', '0', '-1', 'zzz', '\u0080\u0000\u0000\u0000\u0000\u0000\u0000\u0001'),
      link: fc.constantFrom('/etc/passwd', '../../outside', 'json'),
      prefix: fc.constantFrom('', 'objects', '..', '/'),
      magic: fc.constantFrom('ustar  \u0000', 'nothing', '\u0000'),
      wrongSum: fc.constant(true),
    },
    { requiredKeys: ['name', 'type', 'body'] },
  );
  const extended = fc.record({ name: fc.constant('pax'), type: fc.constantFrom('x', 'g', 'L', 'K'), body: pax });
  return fc.array(fc.oneof({ weight: 3, arbitrary: file }, { weight: 1, arbitrary: extended }), { maxLength: 6 });
}

/** Any of these as a file: whole or cut, plain or gzip, with bytes turned. */
export function packed(archives: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  // Half of them stay whole, so that what they hold is met as well.
  const turns = fc.array(fc.tuple(place, fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 });
  const flips = fc.option(turns, { freq: 2, nil: [] });
  return fc.tuple(archives, fc.boolean(), flips, fc.option(place, { freq: 1 })).map(([bytes, zipped, turned, cut]) => {
    const whole = Buffer.from(zipped ? gzipSync(bytes, { level: 1 }) : bytes);
    for (const [at, value] of turned) if (whole.length > 0) whole[Math.floor(at * whole.length)] = value;
    return cut === null ? whole : whole.subarray(0, Math.floor(cut * whole.length));
  });
}
