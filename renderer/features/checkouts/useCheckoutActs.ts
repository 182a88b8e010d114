import { useMemo } from 'react';
import type { CheckoutId } from '../../../shared/contract/ids.ts';
import { client, problemOf } from '../../rpc.ts';
import { changeStrings } from '../../strings/checkoutChanges.ts';
import { headerStrings as strings } from '../../strings/checkouts.ts';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { showNotice, showUndo } from '../../ui/showNotice.ts';
import { type RunWork, startWork } from './work/works.ts';

/** What can be done with a checkout from several places. What goes wrong is told by a notice; what was overwritten comes back by Undo. */
export interface CheckoutActs {
  /** Without paths everything that is tracked goes back. */
  readonly reset: (name: string, paths: readonly string[], count: number) => void;
  readonly remove: (paths: readonly string[]) => void;
  /** Begins to track files, or to track them as objects; `before` are those of them that were added as JSON already. */
  readonly add: (paths: readonly string[], raw: boolean, before?: readonly string[]) => void;
  readonly mend: (name: string, ids: readonly string[]) => void;
  /** Says that something was done, and offers to bring back what that overwrote. */
  readonly offerUndo: (said: string) => void;
  /** Starts work that leaves a backup behind, and offers to bring that back. */
  readonly withUndo: (title: string, run: RunWork, said?: string) => void;
}

export function useCheckoutActs(id: CheckoutId): CheckoutActs {
  return useMemo((): CheckoutActs => {
    const fail = (error: unknown) => showProblem(problemOf(error));
    const withUndo = (title: string, run: RunWork, said?: string) => {
      startWork(title, run, (done) => void offerUndo(id, said ?? done.text).catch(fail));
    };
    return {
      withUndo,
      offerUndo: (said) => void offerUndo(id, said).catch(fail),
      reset: (name, paths, count) =>
        withUndo(
          strings.resetWork(name),
          (options) => client.checkout.reset({ id, paths: [...paths] }, options),
          strings.resetDone(count),
        ),
      remove: (paths) => {
        client.checkout
          .removeFiles({ id, paths: [...paths] })
          .then(() => offerUndo(id, changeStrings.removed(paths)))
          .catch(fail);
      },
      add: (paths, raw, before = []) => {
        client.checkout
          .add({ id, paths: [...paths], raw })
          .then(() => showUndo(changeStrings.added(paths), () => void takeBack(id, paths, before).catch(fail)))
          .catch(fail);
      },
      mend: (name, ids) => {
        startWork(strings.mendWork(name), (options) => client.checkout.mend({ id, ids: [...ids] }, options));
      },
    };
  }, [id]);
}

/** Takes back that files were added: those that were tracked already as something else are that again. */
async function takeBack(id: CheckoutId, paths: readonly string[], before: readonly string[]): Promise<void> {
  await client.checkout.forgetAdded({ id, paths: [...paths] });
  if (before.length > 0) await client.checkout.add({ id, paths: [...before], raw: false });
  showNotice(strings.restored);
}

/** Says that something was done, and offers to bring back what the backend has just kept. */
async function offerUndo(id: CheckoutId, said: string): Promise<void> {
  const backup = await backupNow(id);
  if (backup === undefined) {
    showNotice(said);
    return;
  }
  showUndo(said, () => {
    client.checkout.restoreBackup({ id, backupId: backup }).then(
      () => showNotice(strings.restored),
      (error: unknown) => showProblem(problemOf(error)),
    );
  });
}

async function backupNow(id: CheckoutId): Promise<string | undefined> {
  const abort = new AbortController();
  try {
    for await (const view of await client.checkout.watch({ id }, { signal: abort.signal })) return view.backup?.id;
    return undefined;
  } finally {
    abort.abort();
  }
}
