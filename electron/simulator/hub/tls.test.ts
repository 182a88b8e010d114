import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startSimulatedHub } from './index.ts';

/** For 127.0.0.1, and for tests only. */
const read = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', `loopback-${name}.pem`), 'utf8');

test('over TLS with a certificate of its own', async () => {
  const hub = await startSimulatedHub({ tls: { key: read('key'), cert: read('cert') } });
  onTestFinished(() => hub.close());
  expect(hub.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const get = (ca?: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(`${hub.url}/devices/`, { agent: false, ...(ca === undefined ? {} : { ca }) }, (reply) =>
        resolve(reply.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
  expect(await get(read('cert'))).toBe(401);
  await expect(get()).rejects.toThrow(/self-signed/);
});
