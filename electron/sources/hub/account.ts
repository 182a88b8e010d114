import { z } from 'zod';
import type { Quota } from '../../../shared/contract/hub.ts';
import type { HubApi } from './api.ts';
import { withDots } from './dots.ts';
import type { HubClient, HubUser } from './hub.ts';
import { Count, Meta, OptionalText, Text } from './wire-values.ts';

/** The account itself (hub: auth/auth-api.go). Built-in demo accounts have their password in it, which is no part of this. */
export const UserReply = z
  .object({ nick: Text, prn: z.string().min(1), email: OptionalText })
  .transform((row): HubUser => ({ nick: row.nick, prn: row.prn, email: row.email }));

const QuotaRow = z.object({ Name: Text, Actual: Count, Max: Count, Unit: Text });

const Dashboard = z.object({
  subscription: z
    .object({ 'plan-id': OptionalText, 'quota-stats': z.record(z.string(), z.unknown()).nullish() })
    .nullish()
    .catch(undefined),
});

export type AccountCalls = Pick<HubClient, 'user' | 'quota' | 'globalMeta' | 'revoke'>;

/** `/auth`, `/dash`, `/profiles` and `/tokens`: what concerns the account and no device. */
export function accountCalls(api: HubApi): AccountCalls {
  return {
    user: (signal) => api.json({ method: 'GET', path: '/auth/', signal }, UserReply, { doing: 'to tell who is signed in' }),

    async quota(signal) {
      const { subscription } = await api.json({ method: 'GET', path: '/dash/', signal }, Dashboard, {
        doing: 'to tell the quota',
      });
      const stats = Object.entries(subscription?.['quota-stats'] ?? {});
      return { plan: subscription?.['plan-id'], quotas: stats.flatMap(([name, row]) => readQuota(name, row) ?? []) };
    },

    async globalMeta(signal) {
      return withDots(
        await api.json({ method: 'GET', path: '/profiles/config/meta', signal }, Meta, { doing: 'to show the profile' }),
      );
    },

    async revoke(signal) {
      const { credential } = api.session;
      // A session can't be revoked: it ends by itself within a day.
      if (credential?.kind !== 'api-token') return;
      const reply = await api.send({ method: 'DELETE', path: `/tokens/${encodeURIComponent(credential.id)}`, signal });
      if (reply.status === 200 || reply.status === 404) return;
      throw api.refusal(reply, { doing: 'to revoke the API token', unchanged: 'The token still works until it ends.' });
    },
  };
}

function readQuota(name: string, row: unknown): Quota | undefined {
  const parsed = QuotaRow.safeParse(row);
  if (!parsed.success || parsed.data.Max === undefined) return undefined;
  const { Name, Actual, Max, Unit } = parsed.data;
  return { name: Name || name, used: Actual ?? 0, max: Max, unit: Unit };
}
