import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RevisionName } from '../../../shared/state/ids.ts';
import { postBody } from './post-body.ts';
import { pvrTranscript } from './recorded.ts';

const name = RevisionName.parse('locals/x');

function postedBy(transcript: 'post-envelope-rev' | 'post-msg' | 'post-json-key'): string {
  return pvrTranscript(transcript).at(-1)?.requestBody ?? '';
}

/** The state inside a body as pvr wrote it. */
function stateIn(body: string, from: string): string {
  const start = body.indexOf(from) + from.length;
  let depth = 0;
  for (let at = start; at < body.length; at += 1) {
    if (body[at] === '{') depth += 1;
    if (body[at] === '}') depth -= 1;
    if (depth === 0) return body.slice(start, at + 1);
  }
  throw new Error('no state in the body');
}

describe('postBody', () => {
  it('is what pvr sends with a name of its own', () => {
    const theirs = postedBy('post-envelope-rev').replace('"extra":1.5E0,', '');
    expect(postBody({ name, message: '', state: stateIn(theirs, '"post":') }, 'post')).toBe(theirs);
  });

  it('is what pvr sends with a message, and with another key for the state, but for the name', () => {
    for (const [transcript, key] of [
      ['post-msg', 'post'],
      ['post-json-key', 'state'],
    ] as const) {
      const theirs = postedBy(transcript);
      const message = (JSON.parse(theirs) as { 'commit-msg'?: string })['commit-msg'] ?? '';
      const ours = postBody({ name, message, state: stateIn(theirs, `"${key}":`) }, key);
      expect(ours.replace('"rev":"locals/x"', '"rev":-1')).toBe(theirs);
    }
  });

  it('carries the state’s text untouched and everything else as JSON', () => {
    fc.assert(
      fc.property(fc.json(), fc.string({ unit: 'binary' }), (json, message) => {
        const state = `{ "#spec":"x",\n"a.json":${json} }`;
        const body = postBody({ name, message, state }, 'post');
        expect(body).toContain(state);
        const read = JSON.parse(body) as Record<string, unknown>;
        expect(read.rev).toBe('locals/x');
        expect(read['commit-msg'] ?? '').toBe(message);
      }),
    );
  });
});
