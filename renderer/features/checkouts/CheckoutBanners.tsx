import { Button } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { CheckoutView, Damage } from '../../../shared/contract/checkout.ts';
import { headerStrings as strings, strings as words } from '../../strings/checkouts.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './checkouts.module.css';
import { whyNoWrite } from './reasons.ts';
import { useCheckoutActs } from './useCheckoutActs.ts';

/** So many damages are listed at first. */
const listed = 5;

/** What has to be known before anything is done here: that pvr is at work, and what is half-written. */
export function CheckoutBanners({ view }: { view: CheckoutView }) {
  const { busy, damage, problem, condition } = view;
  return (
    <>
      {busy !== undefined && (
        <div className={classes.banner} role="status">
          <IconLock size={16} aria-hidden />
          <strong>{busy.by === 'pvr' ? strings.busyPvr : strings.busyTrailboss}</strong>
          <code className={classes.wrap}>{strings.busyDetail(busy.pid, busy.command)}</code>
          <span>{strings.busyMeanwhile}</span>
        </div>
      )}
      {problem !== undefined && condition !== 'gone' && condition !== 'unreadable' && (
        <div className={classes.problem}>
          <ProblemPanel problem={problem} />
        </div>
      )}
      {damage.length > 0 && <DamagePanel view={view} damage={damage} />}
    </>
  );
}

function DamagePanel({ view, damage }: { view: CheckoutView; damage: readonly Damage[] }) {
  const [all, setAll] = useState(false);
  const { mend } = useCheckoutActs(view.id);
  const mendable = damage.filter((one) => one.mend !== undefined);
  const reason = whyNoWrite(view);
  const shown = all ? damage : damage.slice(0, listed);
  return (
    <section className={classes.damage} aria-label={strings.damageTitle(damage.length)}>
      <div className={classes.damageHead}>
        <IconAlertTriangle size={16} aria-hidden />
        <h2>{strings.damageTitle(damage.length)}</h2>
        <span className={classes.spring} />
        {mendable.length > 1 && (
          <GatedButton
            reason={reason}
            onClick={() =>
              mend(
                view.name,
                mendable.map(({ id }) => id),
              )
            }
          >
            {strings.mendAll}
          </GatedButton>
        )}
      </div>
      <ul className={classes.damageList}>
        {shown.map((one) => (
          <li key={one.id}>
            <span className={classes.damageText}>
              <strong>{words.damages[one.kind]}:</strong> <code>{one.path}</code> <span>{one.text}</span>{' '}
              <span className={classes.dim}>{one.mend ?? strings.cantMend}</span>
            </span>
            {one.mend !== undefined && (
              <GatedButton size="compact-xs" reason={reason} onClick={() => mend(view.name, [one.id])}>
                {strings.mend}
              </GatedButton>
            )}
          </li>
        ))}
      </ul>
      {shown.length < damage.length && (
        <Button size="compact-xs" onClick={() => setAll(true)}>
          {strings.moreDamage(damage.length - shown.length)}
        </Button>
      )}
    </section>
  );
}
