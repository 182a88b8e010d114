import { expect, test } from 'vitest';
import { endSentence, endText, wentAway } from './endText.ts';

const problem = (code: 'NOT_ANSWERING' | 'LOGIN_REFUSED') => ({ code, what: 'It broke off.', unchanged: '', next: '' });

test('How a shell ended is a sentence', () => {
  expect([
    endSentence({ exitCode: 0 }),
    endSentence({ signal: 'SIGKILL' }),
    endSentence({}),
    endSentence({ problem: problem('NOT_ANSWERING') }),
  ]).toEqual(['The shell ended (exit code 0).', 'The shell was ended by SIGKILL.', 'The shell ended.', 'It broke off.']);
});

test('The terminal is left as it was at the start, and says how to open the shell again', () => {
  const text = endText({ exitCode: 3 }, false);
  expect(text).not.toContain('\u001b[?1049l');
  expect(endText({ exitCode: 3 }, true)).toContain('\u001b[?1049l');
  expect(text).toContain('The shell ended (exit code 3). Press Enter to open it again.');
});

test('Only a device that went away is waited for', () => {
  expect([
    wentAway({ at: 1, problem: problem('NOT_ANSWERING') }),
    wentAway({ at: 1, problem: problem('LOGIN_REFUSED') }),
    wentAway({ at: 1, exitCode: 0 }),
    wentAway(undefined),
  ]).toEqual([true, false, false, false]);
});
