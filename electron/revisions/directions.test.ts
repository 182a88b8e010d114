import { describe, expect, it } from 'vitest';
import { suggestedDirection } from './directions.ts';
import { checkedNumber } from './names.ts';

const lan = { via: 'lan' } as const;
const hub = { via: 'hub' } as const;
const closed = 'It does not answer.';

describe('the direction that suggests itself', () => {
  it.each([
    ['the only one', [lan], false, 'lan'],
    ['the only one, local revision or not', [hub], true, 'hub'],
    ['the one that the running revision came by', [lan, hub], false, 'hub'],
    ['the device itself for a local revision', [lan, hub], true, 'lan'],
    ['another one than a closed one', [lan, { ...hub, closed }], false, 'lan'],
    [
      'a closed one where all are',
      [
        { ...lan, closed },
        { ...hub, closed },
      ],
      false,
      'hub',
    ],
    ['no way at all', [], false, 'lan'],
  ] as const)('%s', (_what, directions, cameLocally, via) => expect(suggestedDirection(directions, cameLocally).via).toBe(via));

  it('says why', () => {
    expect(suggestedDirection([lan, hub], false).because).toBe('came-this-way');
    expect(suggestedDirection([lan, { ...hub, closed }], false).because).toBe('other-closed');
  });
});

describe('the number of a post to a hub', () => {
  it.each(['1', ' 14 '])('%j', (typed) => expect(checkedNumber(typed)).toBe(typed.trim()));
  it.each(['', '0', '-1', '1.5', '01', 'locals/1', '1e3'])('not %j', (typed) =>
    expect(() => checkedNumber(typed)).toThrow(/no number/),
  );
});
