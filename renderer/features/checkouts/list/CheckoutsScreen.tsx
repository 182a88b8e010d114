import { Button, TextInput } from '@mantine/core';
import { IconFolderCode, IconFolderDown, IconFolderPlus, IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { CheckoutSummary } from '../../../../shared/contract/checkout.ts';
import { paths } from '../../../routes/paths.ts';
import { problemOf } from '../../../rpc.ts';
import { useCheckoutDialog } from '../../../stores/checkoutDialog.ts';
import { useShortcuts } from '../../../stores/shortcuts.ts';
import { strings } from '../../../strings/checkouts.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { VirtualTable } from '../../../ui/VirtualTable.tsx';
import { ScreenLoading } from '../../shell/ScreenLoading.tsx';
import classes from '../checkouts.module.css';
import { useCheckouts } from '../useCheckout.ts';
import { CheckoutInspector } from './CheckoutInspector.tsx';
import { checkoutColumns } from './checkoutColumns.tsx';
import { useCloseCheckout } from './useCloseCheckout.ts';

const idOf = ({ id }: CheckoutSummary) => id;
const nothing: readonly CheckoutSummary[] = [];

/** The pvr checkouts that are opened here, with the doors to more of them. */
export function CheckoutsScreen() {
  const { data, error } = useCheckouts();
  const [, navigate] = useLocation();
  const [filter, setFilter] = useState('');
  const [selected, setSelected] = useState<string>();
  const search = useRef<HTMLInputElement>(null);
  const close = useCloseCheckout();
  const all = data ?? nothing;
  const shown = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? all : all.filter(({ name, path }) => `${name} ${path}`.toLowerCase().includes(wanted));
  }, [all, filter]);
  useShortcuts(
    strings.title,
    useMemo(() => [{ keys: '/', label: strings.filter, run: () => search.current?.focus() }], []),
  );
  if (error !== null) {
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problemOf(error)} />
      </div>
    );
  }
  if (data === undefined) return <ScreenLoading />;
  const inspected = all.find(({ id }) => id === selected);
  return (
    <div className={classes.screen}>
      <header className={classes.toolbar}>
        <h1 className={classes.title}>{strings.title}</h1>
        {all.length > 0 && (
          <TextInput
            ref={search}
            aria-label={strings.filter}
            placeholder={strings.filter}
            leftSection={<IconSearch size={14} aria-hidden />}
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            onKeyDown={(event) => event.key === 'Escape' && setFilter('')}
          />
        )}
        <span className={classes.spring} />
        {all.length > 0 && <Doors />}
      </header>
      <div className={classes.body}>
        {all.length === 0 ? (
          <EmptyState sentence={strings.emptyLines.join(' ')}>
            <Doors />
          </EmptyState>
        ) : shown.length === 0 ? (
          <EmptyState sentence={strings.noMatch} />
        ) : (
          <SplitPane
            name="checkouts"
            label={strings.resize}
            fixed="second"
            defaultWidth={360}
            first={
              <VirtualTable
                label={strings.table}
                rows={shown}
                columns={checkoutColumns}
                rowKey={idOf}
                selected={selected}
                onSelect={setSelected}
                onOpen={(id) => navigate(paths.checkout(id))}
                initialSort={{ id: 'name', desc: false }}
              />
            }
            second={
              inspected === undefined ? undefined : (
                <CheckoutInspector
                  checkout={inspected}
                  onCloseCheckout={() => close(inspected)}
                  onClose={() => setSelected(undefined)}
                />
              )
            }
          />
        )}
      </div>
    </div>
  );
}

function Doors() {
  const open = useCheckoutDialog((dialogs) => dialogs.open);
  return (
    <>
      <Button variant="filled" leftSection={<IconFolderCode size={14} aria-hidden />} onClick={() => open({ kind: 'open' })}>
        {strings.open}
      </Button>
      <Button leftSection={<IconFolderDown size={14} aria-hidden />} onClick={() => open({ kind: 'clone' })}>
        {strings.clone}
      </Button>
      <Button leftSection={<IconFolderPlus size={14} aria-hidden />} onClick={() => open({ kind: 'new' })}>
        {strings.new}
      </Button>
    </>
  );
}
