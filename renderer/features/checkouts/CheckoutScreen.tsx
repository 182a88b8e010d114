import { Button, Tabs } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import type { CheckoutView } from '../../../shared/contract/checkout.ts';
import { CheckoutId } from '../../../shared/contract/ids.ts';
import { type CheckoutTab, checkoutTabs, isCheckoutTab, paths } from '../../routes/paths.ts';
import { problemOf } from '../../rpc.ts';
import { headerStrings, strings } from '../../strings/checkouts.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { AppsTab } from './apps/AppsTab.tsx';
import { CheckoutBanners } from './CheckoutBanners.tsx';
import { CheckoutHeader } from './CheckoutHeader.tsx';
import { ChangesTab } from './changes/ChangesTab.tsx';
import classes from './checkouts.module.css';
import { FilesTab } from './files/FilesTab.tsx';
import { useCloseCheckout } from './list/useCloseCheckout.ts';
import { RemoteTab } from './remote/RemoteTab.tsx';
import { SignaturesTab } from './SignaturesTab.tsx';
import { useCheckout } from './useCheckout.ts';

interface CheckoutScreenProps {
  readonly checkoutId: string;
  readonly tab: string | undefined;
}

/** One pvr checkout: what it is and how it stands, what can be done with it, and its tabs. */
export function CheckoutScreen({ checkoutId, tab }: CheckoutScreenProps) {
  const id = CheckoutId.parse(checkoutId);
  const { data: view, error } = useCheckout(id);
  const problem = error === null ? undefined : problemOf(error);
  if (problem !== undefined && (view === undefined || problem.code === 'NOT_FOUND')) {
    const toList = (
      <Button component={Link} href={paths.checkouts()}>
        {strings.toList}
      </Button>
    );
    if (problem.code === 'NOT_FOUND') return <EmptyState sentence={strings.goneSentence}>{toList}</EmptyState>;
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problem}>{toList}</ProblemPanel>
      </div>
    );
  }
  if (view === undefined) return <ScreenLoading />;
  return <OpenCheckout view={view} tab={isCheckoutTab(tab) ? tab : 'changes'} />;
}

function OpenCheckout({ view, tab }: { view: CheckoutView; tab: CheckoutTab }) {
  const [, navigate] = useLocation();
  const shown = view.condition === 'gone' || view.condition === 'unreadable' ? undefined : tab;
  return (
    <div className={classes.screen}>
      <CheckoutHeader view={view} tab={tab} />
      <CheckoutBanners view={view} />
      {shown === undefined ? (
        <Gone view={view} />
      ) : view.condition === 'reading' ? (
        <ScreenLoading />
      ) : (
        <Tabs
          className={classes.tabs ?? ''}
          value={shown}
          onChange={(chosen) => {
            if (chosen !== null && isCheckoutTab(chosen)) navigate(paths.checkout(view.id, chosen));
          }}
          keepMounted={false}
        >
          <Tabs.List aria-label={headerStrings.tabList} className={classes.tabList ?? ''}>
            {checkoutTabs.map((name) => (
              <Tabs.Tab key={name} value={name} className={classes.tab ?? ''}>
                {strings.tabs[name]}
                {name === 'changes' && view.status.length > 0 && (
                  <span className={classes.count}>{view.status.length.toLocaleString()}</span>
                )}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="changes" className={classes.panel ?? ''}>
            <ChangesTab view={view} />
          </Tabs.Panel>
          <Tabs.Panel value="files" className={classes.panel ?? ''}>
            <FilesTab view={view} />
          </Tabs.Panel>
          <Tabs.Panel value="apps" className={classes.panel ?? ''}>
            <AppsTab view={view} />
          </Tabs.Panel>
          <Tabs.Panel value="signatures" className={classes.panel ?? ''}>
            <SignaturesTab view={view} />
          </Tabs.Panel>
          <Tabs.Panel value="remote" className={classes.panel ?? ''}>
            <RemoteTab view={view} />
          </Tabs.Panel>
        </Tabs>
      )}
    </div>
  );
}

/** What to do about a folder that is not there, or can't be read. */
function Gone({ view }: { view: CheckoutView }) {
  const close = useCloseCheckout();
  const problem = view.problem ?? {
    code: 'NOT_FOUND' as const,
    what: view.condition === 'gone' ? headerStrings.gone : headerStrings.unreadable,
    unchanged: view.path,
    next: headerStrings.goneNext,
  };
  return (
    <div className={classes.problem}>
      <ProblemPanel problem={problem}>
        <Button title={strings.closeTitle} onClick={() => close(view)}>
          {strings.close}
        </Button>
        <Button component={Link} href={paths.checkouts()}>
          {strings.toList}
        </Button>
      </ProblemPanel>
    </div>
  );
}
