import { SegmentedControl } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CheckoutView } from '../../../shared/contract/checkout.ts';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import { parseState } from '../../../shared/state/state.ts';
import { client, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/signatures.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { showNotice } from '../../ui/showNotice.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { SignaturesPanel } from './SignaturesPanel.tsx';
import type { SignatureEdits } from './signatureEdits.ts';
import classes from './signatures.module.css';

type Which = 'working' | 'commit';

const edits: SignatureEdits = {
  run: async (said, change): Promise<KnownProblem | undefined> => {
    try {
      await change(undefined);
    } catch (error) {
      return problemOf(error);
    }
    showNotice(said);
    return undefined;
  },
};

/** The signatures of a checkout: of the folder as it is, or of what is committed. */
export function CheckoutSignatures({ view }: { view: CheckoutView }) {
  const { id, version } = view;
  const [which, setWhich] = useState<Which>('working');
  const states = useQuery({
    queryKey: ['checkout signatures', id, which, version],
    queryFn: async ({ signal }) => {
      const [shown, committed] = await Promise.all(
        [which, 'commit' as const].map(async (one) => (await client.checkout.state({ id, which: one }, { signal })).text),
      );
      return { which, stamp: String(version), shown: shown ?? '', committed: committed ?? '' };
    },
    placeholderData: keepPreviousData,
    retry: false,
  });
  const state = useMemo(() => (states.data === undefined ? undefined : parseState(states.data.shown)), [states.data]);
  const base = useMemo(() => (states.data === undefined ? undefined : parseState(states.data.committed)), [states.data]);
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={strings.checkoutView}
          value={which}
          onChange={(next) => setWhich(next === 'commit' ? next : 'working')}
          data={[
            { value: 'working', label: strings.which.working },
            { value: 'commit', label: strings.which.commit },
          ]}
        />
        <span className={classes.dim}>{strings.whichHint[which]}</span>
      </div>
      <div className={classes.rest}>
        {states.error !== null && !states.isPlaceholderData ? (
          <div className={classes.problem}>
            <ProblemPanel problem={problemOf(states.error)} />
          </div>
        ) : state === undefined || base === undefined ? (
          <ScreenLoading />
        ) : !state.ok ? (
          <EmptyState sentence={`${strings.unreadable}: ${state.reason}`} />
        ) : (
          <SignaturesPanel
            of={{ kind: 'checkout', id, which: states.data?.which ?? which }}
            state={state.state}
            base={base.ok && states.data?.which === 'working' ? base.state : undefined}
            stamp={states.data?.stamp ?? ''}
            edits={edits}
          />
        )}
      </div>
    </div>
  );
}
