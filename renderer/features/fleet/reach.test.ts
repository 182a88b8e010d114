import { expect, test } from 'vitest';
import type { LanConnection, Ways } from '../../../shared/contract/connection.ts';
import { reachStrings as strings } from '../../strings/fleet.ts';
import { isOutOfReach, whyNoDraft, whyNoOrder } from './reach.ts';

const none = { kind: 'not-configured' } as const;
const open = { kind: 'open', heardAt: 1 } as const;
const silent = { kind: 'silent', since: 1 } as const;
const connection: LanConnection = { host: 'a', http: null, ssh: null };
const ways = (more: Partial<Ways>): Ways => ({ http: none, ssh: none, hub: none, ...more });

test('An order takes SSH, and the reason says what is missing', () => {
  expect([
    whyNoOrder({ connection: null, ways: ways({ hub: open }) }),
    whyNoOrder({ connection, ways: ways({ http: open }) }),
    whyNoOrder({ connection, ways: ways({ ssh: silent }) }),
    whyNoOrder({ connection, ways: ways({ ssh: open }) }),
  ]).toEqual([strings.hubOnly, strings.noSsh, strings.silent, undefined]);
});

test('A draft begins from what was read once, or from what can be read now', () => {
  expect([
    whyNoDraft({ connection, ways: ways({ ssh: silent }) }),
    whyNoDraft({ connection, ways: ways({ ssh: silent }), running: { revision: '4' } }),
    whyNoDraft({ connection, ways: ways({ http: open }) }),
  ]).toEqual([strings.neverRead, undefined, undefined]);
});

test('A device is out of reach where a way that is set up is not open', () => {
  expect(
    [ways({ http: open, ssh: silent }), ways({ http: open }), ways({ ssh: { kind: 'connecting' } })].map((one) =>
      isOutOfReach({ ways: one }),
    ),
  ).toEqual([true, false, false]);
});
