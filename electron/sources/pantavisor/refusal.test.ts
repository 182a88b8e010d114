import { describe, expect, it } from 'vitest';
import { recordedEndpoints } from './recorded.ts';
import { deviceRefusal } from './refusal.ts';

const intent = { doing: 'to do it', unchanged: 'All is as it was.' };
const refusalOf = (status: number, body: unknown, retryAfterSeconds?: number) =>
  deviceRefusal({ status, retryAfterSeconds, body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)) }, intent);

describe('deviceRefusal', () => {
  it.each([
    [422, { Error: 'Object has bad checksum' }, undefined, 'BAD_CHECKSUM'],
    [422, { Error: 'Parser: State JSON has bad format' }, undefined, 'BAD_STATE'],
    [400, { Error: 'Command has bad format' }, undefined, 'REFUSED_BY_DEVICE'],
    [403, { Error: 'Forbidden' }, undefined, 'REFUSED_BY_DEVICE'],
    [404, { Error: 'Resource does not exist' }, undefined, 'NOT_FOUND'],
    [409, { Error: 'Cannot do this operation while on local mode' }, undefined, 'REFUSED_BY_DEVICE'],
    [500, { Error: 'Unknown' }, undefined, 'REFUSED_BY_DEVICE'],
    [503, { Error: 'A command is already in progress. Try again' }, 120, 'DEVICE_BUSY'],
    [503, { Error: 'Cannot do this operation while update is ongoing' }, 600, 'DEVICE_BUSY'],
    [507, { Error: 'Not enough disk space available' }, undefined, 'NO_SPACE'],
    [500, { error: 'disk full' }, undefined, 'NO_SPACE'],
    [401, 'nope', undefined, 'LOGIN_REFUSED'],
    [418, '<html>teapot</html>', undefined, 'REFUSED_BY_DEVICE'],
  ])('%i %j is %s', (status, body, retryAfter, code) => {
    const error = refusalOf(status, body, retryAfter);
    expect(error.code).toBe(code);
    expect(error.data.unchanged).toBe(intent.unchanged);
    expect(error.data.next).not.toBe('');
  });

  it('tells a waiting command from a running update', () => {
    expect(refusalOf(503, '', 120).message).toContain('a command is waiting');
    expect(refusalOf(503, '', 600).message).toContain('an update is running');
    expect(refusalOf(503, '').message).toContain('an update is running');
  });

  it('quotes the device for every refusal that was recorded', () => {
    const refused = recordedEndpoints().filter(
      (entry) => entry.status !== null && entry.status >= 400 && typeof entry.body === 'object',
    );
    expect(refused.length).toBeGreaterThan(30);
    for (const { status, body } of refused) {
      const error = refusalOf(status ?? 0, body);
      expect(error.message).toContain((body as { Error: string }).Error);
    }
  });
});
