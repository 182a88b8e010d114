import { describe, expect, test } from 'vitest';
import type { Change, ChangeEffect, Forecast, Move } from './index.ts';
import { forecastSentence, forecastText } from './sentence.ts';

const rule = { id: 'no-owner', text: '', source: '' } as const;
const change = (key: string, effect: ChangeEffect): Change => ({ key, part: 'none', kind: 'changed', effect, rule });

function move(what: Partial<Move>): Move {
  const transition = what.transition ?? 'non-reboot';
  return {
    kind: 'move',
    transition,
    restarts: [],
    starts: [],
    stops: [],
    checkpoint: transition === 'reboot',
    changes: [],
    ...what,
  };
}

const kernel = change('bsp/kernel.img', 'reboot');
const os = change('os/run.json', 'reboot');
const web = change('web/root.squashfs', 'restart');

describe('the forecast in one sentence', () => {
  const cases: [Forecast, string][] = [
    [move({ transition: 'reboot', changes: [kernel] }), 'Reboots the board. Its one change forces it: bsp/kernel.img.'],
    [
      move({ transition: 'reboot', changes: [kernel, os] }),
      'Reboots the board. All 2 changes force it: bsp/kernel.img and os/run.json.',
    ],
    [move({ transition: 'reboot', changes: [kernel, web] }), 'Reboots the board. 1 of 2 changes forces it: bsp/kernel.img.'],
    [
      move({ transition: 'reboot', changes: [kernel, os, web, web] }),
      'Reboots the board. 2 of 4 changes force it: bsp/kernel.img and os/run.json.',
    ],
    [
      move({ transition: 'reboot', changes: 'abcdefgh'.split('').map((key) => change(key, 'reboot')) }),
      'Reboots the board. All 8 changes force it: a, b, c, d, e and 3 more.',
    ],
    [
      move({ restarts: ['sensor', 'web'], changes: [web] }),
      'Restarts sensor and web, no reboot. Becomes a checkpoint at the next reboot.',
    ],
    [
      move({ restarts: ['web'], starts: ['new'], stops: ['old'], changes: [web] }),
      'Restarts web, starts new, stops old, no reboot. Becomes a checkpoint at the next reboot.',
    ],
    [move({ starts: ['new'], changes: [web] }), 'Starts new, no reboot. Becomes a checkpoint at the next reboot.'],
    [move({ changes: [change('os/src.json', 'none')] }), 'Restarts nothing, no reboot. Becomes a checkpoint at the next reboot.'],
    [move({}), 'Restarts nothing, no reboot.'],
    [{ kind: 'refused', which: 'next', reason: 'the state has no #spec' }, 'The device will refuse it: the state has no #spec.'],
    [{ kind: 'refused', which: 'running', reason: 'x' }, 'The device refuses the running state: x.'],
    [{ kind: 'crash', stage: 'move', reason: 'x' }, "Would crash the device's daemon: x."],
    [{ kind: 'crash', stage: 'next', reason: 'x' }, "Would crash the device's daemon: x."],
    [{ kind: 'crash', stage: 'running', reason: 'x' }, "The running state would crash the device's daemon: x."],
  ];

  test.each(cases)('%#', (forecast, sentence) => {
    expect(forecastText(forecast)).toBe(sentence);
  });

  test('says where a failure leads back to', () => {
    const reboot = move({ transition: 'reboot', changes: [kernel] });
    expect(forecastText(reboot, { revision: '14', revisionsAgo: 3 })).toMatch(/ If it fails, back to 14 \(3 revisions ago\)\.$/);
    expect(forecastText(reboot, { revision: '14', revisionsAgo: 1 })).toMatch(/back to 14 \(1 revision ago\)\.$/);
    expect(forecastText(reboot, { revision: '14', revisionsAgo: 0 })).toMatch(/back to 14 \(the running one\)\.$/);
  });

  test('comes in pieces that can be links', () => {
    const forecast = move({ restarts: ['sensor', 'web'], changes: [web] });
    expect(forecastSentence(forecast, { revision: 'locals/x', revisionsAgo: 2 })).toEqual([
      { kind: 'text', text: 'Restarts ' },
      { kind: 'container', name: 'sensor' },
      { kind: 'text', text: ' and ' },
      { kind: 'container', name: 'web' },
      { kind: 'text', text: ', no reboot. Becomes a checkpoint at the next reboot. If it fails, back to ' },
      { kind: 'revision', name: 'locals/x' },
      { kind: 'text', text: ' (2 revisions ago).' },
    ]);
  });
});
