import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { CheckoutSummary, FileLetter } from '../../../../shared/contract/checkout.ts';
import { paths } from '../../../routes/paths.ts';
import { problemOf } from '../../../rpc.ts';
import { headerStrings, strings } from '../../../strings/checkouts.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { Inspector } from '../../../ui/Inspector.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { ShortSha } from '../../../ui/ShortSha.tsx';
import { ConditionMark } from '../ConditionMark.tsx';
import classes from '../checkouts.module.css';
import { useCheckout } from '../useCheckout.ts';

interface CheckoutInspectorProps {
  readonly checkout: CheckoutSummary;
  readonly onCloseCheckout: () => void;
  readonly onClose: () => void;
}

const letters: readonly FileLetter[] = ['A', 'D', 'C', '?'];

/** The selected checkout at a glance: where it is, what is committed, what changed, where pvr gets from and posts to. */
export function CheckoutInspector({ checkout, onCloseCheckout, onClose }: CheckoutInspectorProps) {
  const live = useCheckout(checkout.id);
  const view = live.data;
  const remotes = view?.remotes;
  return (
    <Inspector label={strings.inspector} title={checkout.name} closeLabel={strings.closeInspector} onClose={onClose}>
      <div className={classes.inspectorActions}>
        <Button variant="filled" component={Link} href={paths.checkout(checkout.id)}>
          {strings.openIt}
        </Button>
        <Button title={strings.closeTitle} onClick={onCloseCheckout}>
          {strings.close}
        </Button>
      </div>
      {live.error !== null && <ProblemPanel problem={problemOf(live.error)} />}
      {view?.problem !== undefined && <ProblemPanel problem={view.problem} />}
      <Facts
        facts={[
          { name: strings.columns.condition, value: <ConditionMark of={view ?? checkout} /> },
          {
            name: strings.columns.path,
            value: (
              <>
                <code className={classes.wrap}>{checkout.path}</code>{' '}
                <CopyButton text={checkout.path} label={headerStrings.copyPath} />
              </>
            ),
          },
          {
            name: strings.columns.commit,
            value:
              view === undefined ? undefined : view.commit === undefined ? (
                strings.noCommit
              ) : (
                <>
                  <ShortSha sha={view.commit.sha} /> <span className={classes.dim}>{strings.entries(view.commit.entries)}</span>
                </>
              ),
          },
          ...letters.map((letter) => {
            const count = view?.status.filter((line) => line.letter === letter).length ?? 0;
            return { name: strings.letters[letter], value: count === 0 ? undefined : count.toLocaleString() };
          }),
          ...(['get', 'put', 'post'] as const).map((ref) => ({
            name: headerStrings.refs[ref],
            value:
              remotes === undefined || remotes[ref] === '' ? undefined : <code className={classes.wrap}>{remotes[ref]}</code>,
          })),
        ]}
      />
    </Inspector>
  );
}
