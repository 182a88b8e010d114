import { useQuery } from '@tanstack/react-query';
import type { AccountId } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/hub.ts';
import classes from './accounts.module.css';
import { quotaTexts } from './quotaText.ts';

/** How much of each quota is used. A hub that tells none shows none. */
export function QuotaBars({ accountId }: { accountId: AccountId }) {
  const { data, error } = useQuery(orpc.hub.quota.queryOptions({ input: { accountId }, staleTime: 60_000 }));
  if (error !== null && data === undefined) return <p className={classes.plan}>{problemOf(error).what}</p>;
  const quotas = quotaTexts(data?.quotas ?? []);
  return (
    <div className={classes.quotas}>
      {quotas.map(({ name, text, share, tight }) => (
        <div key={name} className={`${classes.quota} ${tight ? classes.tight : ''}`}>
          <span>{name}</span>
          <span className={classes.used}>{text}</span>
          {/* biome-ignore lint/a11y/useSemanticElements: a meter element is drawn by the browser, in colours of its own */}
          <div
            className={classes.bar}
            role="meter"
            aria-label={`${strings.quota}: ${name}`}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(share * 100)}
            aria-valuetext={text}
          >
            <div className={classes.fill} style={{ width: `${share * 100}%` }} />
          </div>
        </div>
      ))}
      {data?.plan !== undefined && <p className={classes.plan}>{strings.plan(data.plan)}</p>}
    </div>
  );
}
