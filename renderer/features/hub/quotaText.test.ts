import { expect, test } from 'vitest';
import { quotaTexts } from './quotaText.ts';

test('A quota is told in the hub’s own unit, a count without one, and a quota without a limit not at all', () => {
  const quotas = [
    { name: 'Shells', used: 3, max: 2, unit: 'h' },
    { name: 'DEVICES', used: 24, max: 25, unit: 'Piece' },
    { name: 'OBJECTS', used: 1.5, max: 2, unit: 'GiB' },
    { name: 'BILLINGPERIOD', used: 0, max: 0, unit: 'Month' },
  ];
  expect(quotaTexts(quotas)).toEqual([
    { name: 'Objects', text: '1.5 of 2 GiB', share: 0.75, tight: false },
    { name: 'Devices', text: '24 of 25', share: 0.96, tight: true },
    { name: 'Shells', text: '3 of 2 h', share: 1, tight: true },
  ]);
});
