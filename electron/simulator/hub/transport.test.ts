import { request } from 'node:http';
import { expect, test } from 'vitest';
import { HEX, startTestHub } from './test-client.ts';

test('a mount without its slash is moved for good, query included', async () => {
  const { user } = await startTestHub();
  const reply = await user.get('/devices?nick=x');
  expect([reply.status, reply.headers.get('location')]).toEqual([301, '/devices/?nick=x']);
});

test('a slash behind a sub-resource is forgiven under /trails only', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device();
  expect((await user.get(`/trails/${id}/`)).status).toBe(200);
  expect((await user.get(`/devices/${id}/`)).body).toEqual({ Error: 'Resource not found' });
});

test('four shapes of errors', async () => {
  const { user, anyone, hub } = await startTestHub();
  const opaque = await user.get(`/devices/${HEX}`);
  expect([opaque.status, opaque.body]).toEqual([404, { error: expect.stringMatching(/^REST-ERR-ID-\d+$/), code: 404 }]);
  const wrongMethod = await user.call('POST', `/trails/${HEX}`, {});
  expect([wrongMethod.status, wrongMethod.body]).toEqual([405, { Error: 'Method not allowed' }]);
  const silent = await anyone.get('/local-s3/nonsense');
  expect([silent.status, silent.text]).toEqual([403, '']);
  expect((await fetch(`${hub.url}/nowhere`).then((reply) => reply.text())).trim()).toBe('404 page not found');
});

test('401 names the place to log in at, and comes before 404', async () => {
  const { anyone, hub } = await startTestHub();
  for (const path of ['/devices/', '/trails/nonsense/at/all']) {
    const reply = await anyone.get(path);
    expect([reply.status, reply.body]).toEqual([401, { Error: 'Not Authorized' }]);
    expect(reply.headers.get('www-authenticate')).toBe(`JWT realm="pantahub services", ph-aeps="${hub.url}/auth"`);
  }
});

test('the scheme of the Authorization header is case-sensitive', async () => {
  const { user, anyone } = await startTestHub();
  expect((await anyone.call('GET', '/trails/', undefined, { Authorization: `bearer ${user.token}` })).status).toBe(401);
  expect((await anyone.call('POST', '/devices/', {}, { Authorization: `bearer ${user.token}` })).status).toBe(401);
});

test('/trails writes canonical JSON and says so, /auth indents', async () => {
  const { user, device } = await startTestHub();
  const { id } = await device();
  const trail = await user.get(`/trails/${id}`);
  expect(trail.headers.get('phjsonformat')).toBe('gibson042-canonicaljson');
  expect(Object.keys(trail.body)).toEqual(Object.keys(trail.body).toSorted());
  expect(trail.text).not.toContain('\n');
  expect((await user.get('/auth/auth_status')).text).toContain('\n  "');
});

test('/auth takes JSON only', async () => {
  const { anyone } = await startTestHub();
  const login = { username: 'user1', password: 'user1' };
  const reply = await anyone.call('POST', '/auth/login', login, { 'Content-Type': 'text/plain' });
  expect([reply.status, reply.body.Error]).toEqual([415, expect.stringContaining('Bad Content-Type')]);
  expect((await anyone.call('POST', '/devices/', {}, { 'Content-Type': 'text/plain' })).status).toBe(200);
});

test('login and registering without a user agent are refused with a message', async () => {
  const { hub } = await startTestHub();
  for (const path of ['/auth/login', '/devices/']) {
    const reply = await withoutUserAgent(hub.url + path);
    expect(reply).toMatchObject({ status: 403, body: { msg: 'Incompatible Client; upgrade pantavisor' } });
  }
});

test('times read back have milliseconds in UTC, fresh ones more and an offset', async () => {
  const { user, anyone } = await startTestHub();
  const created = await anyone.call('POST', '/devices/', {});
  expect(created.body['time-created']).toMatch(/\.\d{5,9}\+02:00$/);
  await user.call('PUT', `/devices/${created.body.id}?challenge=${created.body.challenge}`, {});
  const read = await user.get(`/devices/${created.body.id}`);
  expect(read.body['time-created']).toMatch(/(\.\d{1,3})?Z$/);
  expect(Date.parse(read.body['time-created'])).toBe(Math.floor(Date.parse(created.body['time-created'])));
});

function withoutUserAgent(url: string): Promise<{ status: number | undefined; body: unknown }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { 'Content-Type': 'application/json' } }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on('data', (chunk) => chunks.push(chunk));
      reply.on('end', () => resolve({ status: reply.statusCode, body: JSON.parse(Buffer.concat(chunks).toString()) }));
    });
    sent.on('error', reject);
    sent.end('{"username":"user1","password":"user1"}');
  });
}
