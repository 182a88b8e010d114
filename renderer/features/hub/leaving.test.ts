import { expect, test } from 'vitest';
import { DraftSummary } from '../../../shared/contract/draft.ts';
import { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { AccountId } from '../../../shared/contract/hub.ts';
import { leavingWith } from './leaving.ts';

function device(id: string, account: string | undefined, local: boolean): DeviceSummary {
  const none = { kind: 'not-configured' };
  return DeviceSummary.parse({
    id,
    name: id,
    demo: false,
    connection: local ? { host: '10.0.0.7', http: null, ssh: null } : null,
    ...(account === undefined ? {} : { hub: { accountId: account, account, deviceId: id, nick: id, public: false } }),
    labels: {},
    ways: { http: none, ssh: none, hub: none },
    condition: 'answering',
  });
}

const draft = (deviceId: string) =>
  DraftSummary.parse({ id: `of-${deviceId}`, deviceId, title: '', base: '1', changes: 1, changedAt: 0 });

test('What is known from the account alone leaves with its drafts; what has a local address stays', () => {
  const fleet = [
    device('far', 'mine', false),
    device('near', 'mine', true),
    device('other', 'yours', false),
    device('local', undefined, true),
  ];
  const drafts = [draft('far'), draft('far'), draft('near'), draft('other')];
  expect(leavingWith(AccountId.parse('mine'), fleet, drafts)).toEqual({ devices: 1, drafts: 2, staying: 1 });
});
