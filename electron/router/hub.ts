import type { Claimable } from '../../shared/contract/hub.ts';
import { claimableOf } from '../fleet/accounts/claimable.ts';
import { eachMoment } from './each-moment.ts';
import { everyEvent, latestValue } from './live.ts';
import { implementer, type Rooms } from './rooms.ts';

/** Milliseconds between two looks at how many devices an account has, which nobody announces. */
const countEvery = 1000;
/** Milliseconds for what a person waits for, where the caller brings no signal. */
const longest = 60_000;

export function hubRouter(rooms: Rooms) {
  const { accounts } = rooms;
  const { devices } = accounts;
  const os = implementer(rooms.report).hub;
  const till = (signal: AbortSignal | undefined) => signal ?? AbortSignal.timeout(longest);
  return os.router({
    watch: os.watch.handler(({ signal }) => {
      let shown = '';
      const changed = () => {
        const { overview } = accounts;
        const text = JSON.stringify(overview);
        if (text === shown) return undefined;
        shown = text;
        return overview;
      };
      return latestValue(
        changed,
        (push) => {
          const stop = accounts.changes.add(push);
          const stopCounting = eachMoment(rooms.fleet.audience, countEvery)(push);
          return () => {
            stop();
            stopCounting();
          };
        },
        signal,
      );
    }),
    probe: os.probe.handler(({ input, signal }) => accounts.probe(input, till(signal))),
    signIn: os.signIn.handler(async ({ input, signal }) => {
      const { username, password, ...address } = input;
      return { accountId: await accounts.signInWithPassword(address, { username, password }, till(signal)) };
    }),
    signInWithBrowser: os.signInWithBrowser.handler(({ input, signal }) =>
      accounts.signInWithBrowser(input, signal ?? new AbortController().signal),
    ),
    pvrSessions: os.pvrSessions.handler(async () => [...(await accounts.pvrSessions())]),
    signInFromPvr: os.signInFromPvr.handler(async ({ input, signal }) => ({
      accountId: await accounts.signInFromPvr(input, till(signal)),
    })),
    signOut: os.signOut.handler(async ({ input }) => {
      const problem = await accounts.signOut(input.accountId);
      return problem === undefined ? {} : { problem };
    }),
    refresh: os.refresh.handler(async ({ input, signal }) => {
      await accounts.refresh(input.accountId, till(signal));
      return {};
    }),
    chooseSecrets: os.chooseSecrets.handler(async ({ input }) => {
      await accounts.chooseSecrets(input);
      return {};
    }),
    unlockSecrets: os.unlockSecrets.handler(async ({ input }) => {
      await accounts.unlockSecrets(input.passphrase);
      return {};
    }),
    quota: os.quota.handler(async ({ input, signal }) => {
      const { plan, quotas } = await accounts.quota(input.accountId, till(signal));
      return { quotas: [...quotas], ...(plan !== undefined && { plan }) };
    }),
    claimable: os.claimable.handler(({ signal }) =>
      everyEvent<Claimable[]>(
        () => [[]],
        (push) => rooms.neighbours.hear((services) => push([...claimableOf(services)])),
        signal,
      ),
    ),
    claim: os.claim.handler(async ({ input, signal }) => ({ id: await devices.claim(input, till(signal)) })),
    rename: os.rename.handler(async ({ input, signal }) => {
      await devices.rename(input.id, input.nick, till(signal));
      return {};
    }),
    setPublic: os.setPublic.handler(async ({ input, signal }) => {
      await devices.setPublic(input.id, input.public, till(signal));
      return {};
    }),
    deleteDevice: os.deleteDevice.handler(async ({ input, signal }) => {
      await devices.delete(input.id, input.nick, till(signal));
      return {};
    }),
    goRemote: os.goRemote.handler(async ({ input, signal }) => {
      await devices.goRemote(input.id, till(signal));
      return {};
    }),
  });
}
