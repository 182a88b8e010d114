import { describe, expect, it } from 'vitest';
import { readRemote, signedPath } from './pvr-remote.ts';

const address = { host: '192.168.1.7', port: 12_368 };
const reply = (origin: string, folder = '/cgi-bin/pvr') => ({
  'pvr-spec': 'pvr-pantahub-1',
  'json-get-url': `${origin}${folder}/json`,
  'objects-endpoint': `${origin}${folder}/objects`,
  'post-url': `${origin}${folder}/post`,
  'json-key': undefined,
});

describe('readRemote', () => {
  it('takes the endpoint’s own addresses', () => {
    const remote = readRemote(reply('http://192.168.1.7:12368'), address);
    expect(remote).toMatchObject({
      statePath: '/cgi-bin/pvr/json',
      objectsPath: '/cgi-bin/pvr/objects',
      postPath: '/cgi-bin/pvr/post',
      stateKey: 'post',
    });
    expect(readRemote({ ...reply(''), 'json-key': 'state' }, address).stateKey).toBe('state');
  });

  it('stays on our address when the endpoint calls itself by another name', () => {
    const remote = readRemote(reply('http://10.0.3.7:12368'), address);
    expect(remote.statePath).toBe('/cgi-bin/pvr/json');
    expect(signedPath('http://10.0.3.7:12368/put/abc?sig=1', remote, address)).toBe('/put/abc?sig=1');
    expect(signedPath('/get/abc', remote, address)).toBe('/get/abc');
  });

  it.each([
    ['https://api.pantahub.com', '/cgi-bin/pvr'],
    ['http://api.pantahub.com', '/trails'],
    ['file://', '/etc/passwd'],
  ])('does not go to %s', (origin, folder) => {
    expect(() => readRemote(reply(origin, folder), address)).toThrow(expect.objectContaining({ code: 'BAD_REPLY' }));
  });

  it.each([
    'http://example.invalid/get/abc',
    'http://192.168.1.7:80/get/abc',
    'https://192.168.1.7:12368/x',
    '',
    undefined,
    'http://',
  ])('takes no signed URL %s', (url) => {
    const remote = readRemote(reply('http://192.168.1.7:12368'), address);
    expect(() => signedPath(url, remote, address)).toThrow(expect.objectContaining({ code: 'BAD_REPLY' }));
  });
});
