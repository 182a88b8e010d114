import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArrowBackUp,
  IconDots,
  IconDownload,
  IconFileExport,
  IconFileImport,
  IconGitCommit,
  IconGitCompare,
  IconSend,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import type { CheckoutView } from '../../../shared/contract/checkout.ts';
import { type CheckoutTab, paths } from '../../routes/paths.ts';
import { useCheckoutDialog } from '../../stores/checkoutDialog.ts';
import { usePaletteActions } from '../../stores/palette.ts';
import { headerStrings as strings, strings as words } from '../../strings/checkouts.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { GatedItem } from '../../ui/GatedItem.tsx';
import { ShortSha } from '../../ui/ShortSha.tsx';
import { checkoutSide } from '../compare/sides/sideRef.ts';
import { ConditionMark } from './ConditionMark.tsx';
import { useCommitFocus } from './changes/commitFocus.ts';
import classes from './checkouts.module.css';
import { useCloseCheckout } from './list/useCloseCheckout.ts';
import { whyNoCommit, whyNoReset, whyNoState, whyNoWrite } from './reasons.ts';
import { useCheckoutActs } from './useCheckoutActs.ts';

interface Act {
  readonly id: string;
  readonly label: string;
  readonly icon: TablerIcon;
  readonly reason: string | undefined;
  readonly run: () => void;
}

/** What the checkout is, how it stands, where pvr gets from and posts to, and what can be done with it. */
export function CheckoutHeader({ view, tab }: { view: CheckoutView; tab: CheckoutTab }) {
  const acts = useActs(view);
  const commit = acts.find(({ id }) => id === 'commit');
  const post = acts.find(({ id }) => id === 'post');
  const others = acts.filter((act) => act !== commit && act !== post);
  useInPalette(acts);
  return (
    <header className={classes.header}>
      <div className={classes.head}>
        <h1 className={classes.title} title={view.name}>
          {view.name}
        </h1>
        <span role="status">
          <ConditionMark of={view} />
        </span>
      </div>
      <div className={classes.actions}>
        <ActionIcon
          size={30}
          component={Link}
          href={paths.checkoutCompare(view.id, checkoutSide(view.id, 'commit'), checkoutSide(view.id, 'working'))}
          aria-label={strings.compare}
          title={strings.compare}
        >
          <IconGitCompare size={16} aria-hidden />
        </ActionIcon>
        {tab !== 'changes' && commit !== undefined && <ActButton act={commit} />}
        {post !== undefined && <ActButton act={post} filled />}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon size={30} aria-label={strings.more} title={strings.more}>
              <IconDots size={16} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {others.map(({ id, label, icon: Icon, reason, run }) => (
              <GatedItem key={id} icon={<Icon size={14} aria-hidden />} reason={reason} onClick={run}>
                {label}
              </GatedItem>
            ))}
          </Menu.Dropdown>
        </Menu>
      </div>
      <Facts view={view} />
    </header>
  );
}

/** Offers what can be done now in the palette; the list is a new one only when something can be done that could not, or the other way round. */
function useInPalette(acts: readonly Act[]): void {
  const latest = useRef(acts);
  latest.current = acts;
  const possible = acts
    .filter(({ reason }) => reason === undefined)
    .map(({ id }) => id)
    .join(' ');
  usePaletteActions(
    'checkout',
    useMemo(
      () =>
        latest.current
          .filter(({ id }) => possible.split(' ').includes(id))
          .map(({ id, label, icon }) => ({
            id: `checkout ${id}`,
            label,
            icon,
            run: () => latest.current.find((act) => act.id === id)?.run(),
          })),
      [possible],
    ),
  );
}

function ActButton({ act, filled = false }: { act: Act; filled?: boolean }) {
  const { label, icon: Icon, reason, run } = act;
  return (
    <GatedButton
      {...(filled ? { variant: 'filled' } : {})}
      reason={reason}
      leftSection={<Icon size={14} aria-hidden />}
      onClick={run}
    >
      {label}
    </GatedButton>
  );
}

function Facts({ view }: { view: CheckoutView }) {
  return (
    <div className={classes.facts}>
      <span className={classes.fact}>
        <code title={view.path}>{view.path}</code>
        <CopyButton text={view.path} label={strings.copyPath} />
      </span>
      <span className={classes.fact}>
        {view.commit === undefined ? (
          strings.noCommit
        ) : (
          <>
            {strings.commit} <ShortSha sha={view.commit.sha} /> · {words.entries(view.commit.entries)}
          </>
        )}
      </span>
      {(['get', 'put', 'post'] as const)
        .filter((ref) => view.remotes[ref] !== '')
        .filter((ref, index, all) => all.findIndex((other) => view.remotes[other] === view.remotes[ref]) === index)
        .map((ref) => (
          <span key={ref} className={classes.fact}>
            {strings.refs[ref]} <code title={view.remotes[ref]}>{view.remotes[ref]}</code>
            <CopyButton text={view.remotes[ref]} label={strings.copyRef(ref)} />
          </span>
        ))}
    </div>
  );
}

function useActs(view: CheckoutView): readonly Act[] {
  const { reset } = useCheckoutActs(view.id);
  const [, navigate] = useLocation();
  const open = useCheckoutDialog((dialogs) => dialogs.open);
  const focusCommit = useCommitFocus((focus) => focus.ask);
  const close = useCloseCheckout();
  const { id } = view;
  const noState = whyNoState(view);
  const noWrite = whyNoWrite(view);
  return [
    {
      id: 'commit',
      label: strings.commitAct,
      icon: IconGitCommit,
      reason: whyNoCommit(view),
      run: () => {
        focusCommit();
        navigate(paths.checkout(id));
      },
    },
    { id: 'post', label: strings.post, icon: IconSend, reason: noState, run: () => open({ kind: 'post', id }) },
    {
      id: 'reset',
      label: strings.reset,
      icon: IconArrowBackUp,
      reason: whyNoReset(view),
      run: () => reset(view.name, [], view.changes),
    },
    {
      id: 'parts',
      label: strings.parts,
      icon: IconDownload,
      reason: noState ?? noWrite,
      run: () => navigate(paths.checkout(id, 'remote')),
    },
    { id: 'export', label: strings.export, icon: IconFileExport, reason: noState, run: () => open({ kind: 'export', id }) },
    { id: 'import', label: strings.import, icon: IconFileImport, reason: noWrite, run: () => open({ kind: 'import', id }) },
    { id: 'close', label: strings.close, icon: IconX, reason: undefined, run: () => close(view) },
  ];
}
