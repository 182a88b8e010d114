import { expect, it } from 'vitest';
import type { HubCredential } from '../../sources/hub/hub.ts';
import { endsSoon } from './token-renewal.ts';

const day = 86_400_000;
const token = (endsAt: number | undefined): HubCredential => ({ kind: 'api-token', id: '1', name: 'n', secret: 's', endsAt });

it.each<[string, HubCredential | undefined, boolean]>([
  ['ends next week', token(107 * day), true],
  ['ends next year', token(400 * day), false],
  ['has ended', token(99 * day), false],
  ['never ends', token(undefined), false],
  ['is a session', { kind: 'session', token: 't', endsAt: 100.5 * day }, false],
  ['is not there', undefined, false],
])('a token that %s', (_name, credential, soon) => {
  expect(endsSoon(credential, 100 * day)).toBe(soon);
});
