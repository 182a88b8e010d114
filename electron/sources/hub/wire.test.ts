import { afterEach, describe, expect, it } from 'vitest';
import { closeAll, closers } from './test-support.ts';
import { HubWire } from './wire.ts';

afterEach(closeAll);

describe('a signed address', () => {
  const used = (hub: string, address: string | undefined) => {
    const wire = new HubWire({ url: hub }, Date.now);
    closers.push(() => wire.close());
    try {
      return wire.signedUrl(address).href;
    } catch (error) {
      return error instanceof Error ? error.name : 'no error';
    }
  };

  it.each([
    ['https://hub.example', 'https://hub.example/local-s3/x', 'https://hub.example/local-s3/x'],
    ['https://hub.example', 'https://s3.example/bucket/x?sig=1', 'https://s3.example/bucket/x?sig=1'],
    ['https://hub.example', 'http://s3.example/bucket/x', 'TrailbossError'],
    ['http://hub.example', 'http://s3.example/bucket/x', 'http://s3.example/bucket/x'],
    ['https://hub.example', 'http://localhost:12365/local-s3/x?a=b', 'https://hub.example/local-s3/x?a=b'],
    ['http://hub.example:8080', 'http://127.0.0.1:12365/local-s3/x', 'http://hub.example:8080/local-s3/x'],
    ['http://localhost:12365', 'http://localhost:12366/local-s3/x', 'http://localhost:12366/local-s3/x'],
    ['https://hub.example', 'https://u:p@s3.example/x', 'TrailbossError'],
    ['https://hub.example', 'file:///etc/passwd', 'TrailbossError'],
    ['https://hub.example', undefined, 'TrailbossError'],
  ])('of %s, %s, is used as %s', (hub, address, wanted) => {
    expect(used(hub, address)).toBe(wanted);
  });
});
