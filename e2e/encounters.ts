import { type Answer, type HostileServer, refusedPort, startFalseDevice, startHostileServer } from './hostile-servers.ts';

const webPage: Answer = { kind: 'reply', type: 'text/html', body: '<!DOCTYPE html><html><h1>Sign in</h1></html>' };
const state = '{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web"}}';
const megabyte = 1024 * 1024;

export interface Encounter {
  readonly what: string;
  readonly start: () => Promise<Pick<HostileServer, 'port' | 'close'> & Partial<HostileServer>>;
  readonly sentence: RegExp;
  /** No more than so many bytes are taken from it before it is left. */
  readonly atMost?: number;
}

const refused = async () => ({ port: await refusedPort(), close: async () => undefined });

/** Whatever may stand at an address, and the sentence that says so. */
export const encounters: Readonly<Record<string, readonly Encounter[]>> = {
  'something that is no device': [
    { what: 'a port on which nobody listens', start: refused, sentence: /127\.0\.0\.1 refuses connections on port \d+\./ },
    {
      what: 'a web server that knows no pvr endpoint',
      start: () => startHostileServer(() => undefined),
      sentence: /no Pantavisor device: a web server answers, but it has no pvr endpoint/,
    },
    {
      what: 'a web server that answers everything with a page',
      start: () => startHostileServer(() => webPage),
      sentence: /no Pantavisor device: a web page came back/,
    },
    {
      what: 'JSON of something else',
      start: () => startHostileServer(() => ({ kind: 'reply', body: '{"hello":"world"}' })),
      sentence: /can't be used: its JSON is not what a device sends/,
    },
  ],
  'a reply that can’t be used': [
    {
      what: 'garbage instead of JSON',
      start: () => startHostileServer(() => ({ kind: 'reply', body: '\u0007{"status: \u0000DONE]] 7f45' })),
      sentence: /can't be used: it is no JSON, or only a part of it/,
    },
    {
      what: 'it is cut short',
      start: () => startHostileServer(() => ({ kind: 'reply', body: '{"pvr-spec":"pvr-pantahub-1","json-get' })),
      sentence: /can't be used: it is no JSON, or only a part of it/,
    },
    {
      what: 'it breaks off',
      start: () => startHostileServer(() => ({ kind: 'truncated', body: JSON.stringify({ 'pvr-spec': 'x'.repeat(2000) }) })),
      sentence: /broke off/,
    },
    {
      what: 'it does not end',
      start: () => startHostileServer(() => ({ kind: 'stream', start: '{"a":"', piece: 'x'.repeat(65_536) })),
      sentence: /can't be used: it is longer than \d+ bytes and does not end/,
      atMost: 16 * megabyte,
    },
  ],
  'a state that is none': [
    ...['[]', '"state"', 'null', '42'].map((body) => ({
      what: body,
      start: () => startFalseDevice({ kind: 'reply', body }),
      sentence: /sent something that is no state: it is JSON, but no object/,
    })),
    {
      what: 'a value that no device knows',
      start: () => startFalseDevice({ kind: 'reply', body: '{"#spec":"pantavisor-service-system@1","web/root.squashfs":7}' }),
      sentence: /what it calls its state can't be read: .*The value of "web\/root\.squashfs" must be the sha256 of an object/,
    },
    {
      what: 'a web page',
      start: () => startFalseDevice(webPage),
      sentence: /no Pantavisor device: a web page came back/,
    },
    {
      what: 'it is cut short',
      start: () => startFalseDevice({ kind: 'reply', body: state.slice(0, 50) }),
      sentence: /sent something that is no state: it is no JSON, or only a part of it/,
    },
    {
      what: 'it breaks off',
      start: () => startFalseDevice({ kind: 'truncated', body: state }),
      sentence: /broke off/,
    },
    {
      what: 'it does not end',
      start: () => startFalseDevice({ kind: 'stream', start: '{"#spec":"', piece: 'x'.repeat(65_536) }),
      sentence: /can't be used: it is longer than \d+ bytes and does not end/,
      atMost: 64 * megabyte,
    },
    {
      what: '100 MB of JSON',
      start: () =>
        startFalseDevice({ kind: 'stream', start: '[', piece: '{"name":"locals/again"},\n'.repeat(4096), bytes: 100 * megabyte }),
      sentence: /can't be used: it is longer than \d+ bytes and does not end/,
      atMost: 64 * megabyte,
    },
  ],
};
