import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIpv4, isIpv6 } from './ip-address.ts';
import { endpointUrl, escapeFragment, plainFragment, readReference, withFragment } from './reference.ts';

const text = (typed: string) => {
  const read = readReference(typed);
  return read.ok ? `${read.reference.kind} ${read.reference.text}` : read.reason;
};

describe('as pvr expands it', () => {
  test.each([
    ['127.0.0.1', 'url http://127.0.0.1:12368/cgi-bin/pvr'],
    ['127.0.0.1#app1', 'url http://127.0.0.1:12368/cgi-bin/pvr#app1'],
    ['127.0.0.1#app1/run.json', 'url http://127.0.0.1:12368/cgi-bin/pvr#app1%2Frun.json'],
    ['http://host:80/x?y=1#a/,b#c', 'url http://host:80/x?y=1#a%2F,b%23c'],
    ['https://pvr.pantahub.com/nick/dev#-bsp', 'url https://pvr.pantahub.com/nick/dev#-bsp'],
    ['nick/dev', 'url https://pvr.pantahub.com/nick/dev'],
    ['nick/dev#app1', 'url https://pvr.pantahub.com/nick/dev#app1'],
    ['/home/me/co/.pvr#os', 'path /home/me/co/.pvr#os'],
    ['co/.pvr', 'path co/.pvr'],
    ['export.tgz', 'path export.tgz'],
    ['~/x.tar', 'path ~/x.tar'],
    ['C:\\work\\co', 'path C:\\work\\co'],
  ])('%s', (typed, expected) => expect(text(typed)).toBe(expected));
});

describe('better than pvr', () => {
  test.each([
    ['::1', 'url http://[::1]:12368/cgi-bin/pvr'],
    ['[fe80::1]#os', 'url http://[fe80::1]:12368/cgi-bin/pvr#os'],
    ['nick/dev#os/run.json', 'url https://pvr.pantahub.com/nick/dev#os%2Frun.json'],
    ['http://127.0.0.1/x#50%', 'url http://127.0.0.1/x#50%25'],
  ])('%s', (typed, expected) => expect(text(typed)).toBe(expected));
});

describe('refused with what to write instead', () => {
  test.each([
    ['', 'Give an address'],
    ['device', 'http://device:12368/cgi-bin/pvr'],
    ['10.0.0.1:8080', 'http://10.0.0.1:8080/cgi-bin/pvr'],
    ['01.2.3.4', 'http://01.2.3.4:12368/cgi-bin/pvr'],
    ['a/b/c', 'no nick/device'],
    ['a b/c', 'no nick/device'],
    ['nick/..', 'no nick/device'],
    ['ftp://host/x', 'no ftp'],
    ['file:///tmp/x', 'Give the path itself'],
    ['https://me:secret@host/x', 'name or password'],
    ['http:///x', 'no host'],
    ['http://host:99999/x', 'no host'],
    ['http://::1/x', 'no host'],
    ['http://host/a b', 'no URL has'],
    ['fe80::1%eth0', 'zone'],
  ])('%s', (typed, expected) => {
    expect(readReference(typed).ok).toBe(false);
    expect(text(typed)).toContain(expected);
  });
});

test('fragments are read as pvr reads them, and written so that it does', () => {
  const read = readReference('http://h/p#app1%2Fx,b%23c,%zz');
  expect(read.ok && read.reference.fragment).toBe('app1/x,b#c,%zz');
  expect(plainFragment('%ff')).toBe('%ff');
  expect(escapeFragment('a%2Fb')).toBe('a%2Fb');
});

test('more parts come behind those that stand in the reference, each once', () => {
  const read = readReference('10.0.0.1#app1');
  const reference = read.ok ? withFragment(read.reference, 'app1,os/run.json') : undefined;
  expect(reference?.text).toBe('http://10.0.0.1:12368/cgi-bin/pvr#app1,os%2Frun.json');
  expect(reference?.fragment).toBe('app1,os/run.json');
  expect(endpointUrl('dev.local', 80)).toBe('http://dev.local:80/cgi-bin/pvr');
});

test('addresses as Node knows them', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV6(), fc.ipV4(), fc.stringMatching(/^[0-9a-f:.]{0,20}$/)), (address) => {
      expect([isIpv4(address), isIpv6(address)]).toEqual([isIP(address) === 4, isIP(address) === 6]);
    }),
    { numRuns: 500 },
  );
});

test('whatever is typed is a reference or a sentence, and a reference is read again as itself', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true })), (typed) => {
      const read = readReference(typed);
      if (read.ok) expect(readReference(read.reference.text)).toEqual(read);
      else expect(read.reason).not.toBe('');
    }),
    { numRuns: 60 },
  );
});
