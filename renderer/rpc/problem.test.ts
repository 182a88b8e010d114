import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import { ConnectionLostError } from './connectionLost.ts';
import { isSilence, problemOf, worthRetrying } from './problem.ts';

const words = { what: 'The device has no room.', unchanged: 'Nothing was posted.', next: 'Free some.' };

test('The backend’s own words come through with their code', () => {
  expect(problemOf(new ORPCError('NO_SPACE', { data: words }))).toEqual({ code: 'NO_SPACE', ...words });
});

test('Anything else is a problem too, with what is known of it', () => {
  const problems = [new ORPCError('INTERNAL_SERVER_ERROR'), new TypeError('x is not a function'), 'text'].map(problemOf);
  expect(problems.map(({ code, raw }) => [code, raw])).toEqual([
    ['INTERNAL', expect.stringContaining('Error')],
    ['INTERNAL', 'TypeError: x is not a function'],
    ['INTERNAL', 'text'],
  ]);
});

test('Only a lost line is worth asking again, and only a device that says nothing is silent', () => {
  const silent = new ORPCError('NOT_ANSWERING', { data: words });
  expect([worthRetrying(new ConnectionLostError()), worthRetrying(silent)]).toEqual([true, false]);
  expect([isSilence(silent), isSilence(new ConnectionLostError())]).toEqual([true, false]);
});
