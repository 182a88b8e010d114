import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CheckoutView, Parts, PartsPlan, StateOrigin } from '../../../../shared/contract/checkout.ts';
import { client } from '../../../rpc.ts';
import { remoteStrings as strings } from '../../../strings/checkoutTabs.ts';
import { formOf, type OriginForm, originOf } from '../origin/originForm.ts';
import { useCheckoutActs } from '../useCheckoutActs.ts';
import { type OwnWork, useOwnWork } from '../work/useOwnWork.ts';

export type TakeMode = 'get' | 'merge';

interface Question {
  readonly from: StateOrigin;
  readonly parts: Parts;
  readonly mode: TakeMode;
}

export interface TakeParts {
  readonly form: OriginForm;
  readonly mode: TakeMode;
  readonly setForm: (form: OriginForm) => void;
  readonly setMode: (mode: TakeMode) => void;
  /** Undefined while something is missing. */
  readonly question: Question | undefined;
  readonly preview: () => void;
  readonly planning: boolean;
  readonly plan: PartsPlan | undefined;
  readonly error: Error | null;
  readonly take: () => void;
  readonly own: OwnWork;
}

/** Taking parts from elsewhere: what is filled in, what it would do, and doing it. Another answer needs another look. */
export function useTakeParts(view: CheckoutView): TakeParts {
  const { id, name } = view;
  const [form, setForm] = useState(() =>
    formOf(view.remotes.get === '' ? undefined : { kind: 'reference', reference: view.remotes.get }),
  );
  const [mode, setMode] = useState<TakeMode>('get');
  const acts = useCheckoutActs(id);
  const asked = useMutation({ mutationFn: (question: Question) => client.checkout.partsPlan({ id, ...question }) });
  const own = useOwnWork(({ text }) => {
    asked.reset();
    acts.offerUndo(text);
  });
  const from = originOf(form);
  const parts: Parts = { fragment: form.fragment.trim(), exactCli: form.exactCli };
  const question = from === undefined ? undefined : { from, parts, mode };
  const ask = (next: Question | undefined) => {
    own.forget();
    if (next !== undefined) asked.mutate(next);
  };
  const changed = () => {
    asked.reset();
    own.forget();
  };
  return {
    form,
    mode,
    setForm: (next) => {
      setForm(next);
      changed();
    },
    setMode: (next) => {
      setMode(next);
      const shown = asked.data !== undefined;
      changed();
      if (shown && question !== undefined) ask({ ...question, mode: next });
    },
    question,
    preview: () => ask(question),
    planning: asked.isPending,
    plan: asked.data,
    error: asked.error,
    take: () => {
      if (question === undefined) return;
      own.start(strings.work[mode](name), (options) => client.checkout.takeParts({ id, ...question }, options));
    },
    own,
  };
}
