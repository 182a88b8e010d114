/** Replies as they come from something that is broken, or is no device at all. */
import type { Reply } from './exchange.ts';
import type { FaultSwitches } from './faults.ts';

const WEB_PAGE = '<!DOCTYPE html>\n<html><head><title>Router setup</title></head><body><h1>Sign in</h1></body></html>\n';

export function distorted(reply: Reply, faults: FaultSwitches): Reply {
  if (faults.has('html-instead-of-json')) return { status: 200, headers: { 'Content-Type': 'text/html' }, body: WEB_PAGE };
  if (faults.has('garbage')) return { ...reply, body: '\u0000\u0007{"status: \uFFFDDONE]] 7f45 4c46' };
  if (faults.has('endless-reply')) return { ...reply, body: endless() };
  if (faults.has('truncated-reply')) return truncated(reply);
  return reply;
}

function truncated(reply: Reply): Reply {
  const { body } = reply;
  // A length that was announced for more would keep the client waiting while the connection is there.
  const headers = { ...reply.headers, Connection: 'close' };
  return { ...reply, headers, body: typeof body === 'string' ? body.slice(0, Math.floor(body.length / 2)) : firstChunk(body) };
}

async function* firstChunk(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    yield chunk.subarray(0, Math.floor(chunk.length / 2));
    return;
  }
}

async function* endless(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('[');
  const more = Buffer.from('{"name":"locals/again","commitmsg":"and again"},'.repeat(200));
  for (;;) {
    yield more;
    await new Promise((next) => setImmediate(next));
  }
}
