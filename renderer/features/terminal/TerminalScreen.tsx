import { Button } from '@mantine/core';
import { IconBox, IconServer } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { takeWantedShell } from '../../stores/wantedShell.ts';
import { strings } from '../../strings/terminal.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MissingWay } from '../device/MissingWay.tsx';
import { whyNot } from '../device/reasons.ts';
import { FindBar } from './FindBar.tsx';
import { PasteDialog } from './PasteDialog.tsx';
import { shellPlaces } from './places.ts';
import { ShellBar } from './ShellBar.tsx';
import { ShellPane } from './ShellPane.tsx';
import { asksBefore, safePaste } from './shell/pasteText.ts';
import { newShell, shellsOf, useShells } from './shells.ts';
import classes from './terminal.module.css';
import { useTerminalSettings } from './terminalSettings.ts';
import { useReopening } from './useReopening.ts';
import { useTerminalActions } from './useTerminalActions.ts';

/** The shells of one device: a bar of tabs, and the terminal of the one that is chosen. */
export function TerminalScreen({ detail }: { detail: DeviceDetail }) {
  const { id } = detail.summary;
  const shells = useShells((all) => shellsOf(all, id));
  const session = shells.list.find((one) => one.id === shells.active);
  const reason = whyNot(detail, 'openTerminal');
  const reports = detail.containers?.list;
  const places = useMemo(() => shellPlaces(reports ?? []), [reports]);
  const bar = useRef<HTMLDivElement>(null);
  const [finding, setFinding] = useState(false);
  const [asked, setAsked] = useState<string>();

  useEffect(() => {
    const wanted = reason === undefined ? takeWantedShell(id) : undefined;
    if (wanted !== undefined) newShell(id, wanted.container);
  }, [id, reason]);
  useReopening(session, detail.summary.ways.ssh);

  const uses = useMemo(
    () => ({
      find: () => setFinding(true),
      leave: () => bar.current?.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]')?.focus(),
      paste: (text: string) => {
        if (session === undefined || text === '') return;
        const { bracketedPasteMode } = session.terminal.modes;
        const { askBeforePaste } = useTerminalSettings.getState();
        if (askBeforePaste && asksBefore(text, { bracketed: bracketedPasteMode })) setAsked(text);
        else session.paste(safePaste(text));
      },
    }),
    [session],
  );
  const actions = useTerminalActions({ device: id, session, places: reason === undefined ? places : [], ...uses });

  if (shells.list.length === 0 && reason !== undefined) {
    return <MissingWay device={detail.summary} name="ssh" lead={strings.needsSsh} />;
  }
  if (session === undefined) {
    return (
      <EmptyState sentence={strings.none}>
        {places
          .filter((place) => place.reason === undefined)
          .map(({ container, label }) => (
            <Button
              key={label}
              variant={container === undefined ? 'filled' : 'default'}
              leftSection={container === undefined ? <IconServer size={14} aria-hidden /> : <IconBox size={14} aria-hidden />}
              onClick={() => newShell(id, container)}
            >
              {label}
            </Button>
          ))}
      </EmptyState>
    );
  }
  return (
    <div className={classes.screen}>
      <ShellBar ref={bar} device={id} shells={shells.list} active={session} places={places} reason={reason} actions={actions} />
      <div className={classes.body}>
        {finding && (
          <FindBar
            key={`find ${session.id}`}
            session={session}
            onClose={() => {
              setFinding(false);
              session.terminal.focus();
            }}
          />
        )}
        <ShellPane key={session.id} session={session} actions={actions} onPaste={uses.paste} />
      </div>
      <PasteDialog
        text={asked}
        onPaste={(text) => session.paste(safePaste(text))}
        onClose={() => {
          setAsked(undefined);
          session.terminal.focus();
        }}
      />
    </div>
  );
}
