import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/shell.ts';
import { CheckoutDialogs } from '../checkouts/dialogs/CheckoutDialogs.tsx';
import { AccountBanner } from '../hub/AccountBanner.tsx';
import { HubDialogs } from '../hub/HubDialogs.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import classes from './Frame.module.css';
import { GlobalKeys } from './GlobalKeys.tsx';
import { GoneGuard } from './GoneGuard.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { Notices } from './Notices.tsx';
import { UpdateEnds } from './notices/UpdateEnds.tsx';
import { Palette } from './palette/Palette.tsx';
import { Rail } from './Rail.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { StatusBar } from './status/StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { UpdateAlerts } from './UpdateAlerts.tsx';
import { useKeptScroll } from './useKeptScroll.ts';
import { useLooking } from './useLooking.ts';

/** The frame around every screen: title bar, rail, the work in the middle, status bar. */
export function Frame({ children }: { children: ReactNode }) {
  const work = useRef<HTMLElement>(null);
  const [place] = useLocation();
  useLooking();
  const shown = useRef(place);
  useKeptScroll(work);
  useEffect(() => {
    if (shown.current === place) return;
    shown.current = place;
    // What had the focus went with its screen: the keyboard goes on in the new one, not at the top of the window.
    if (document.activeElement === null || document.activeElement === document.body) work.current?.focus({ preventScroll: true });
  }, [place]);
  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={() => work.current?.focus()}>
        {strings.skip}
      </button>
      <TitleBar />
      <Rail />
      <main ref={work} className={classes.work} tabIndex={-1}>
        <ConnectionBanner />
        {showsDevices(place) && <AccountBanner />}
        <div className={classes.screen}>
          <ScreenBoundary place={place}>
            <GoneGuard place={place}>{children}</GoneGuard>
          </ScreenBoundary>
        </div>
      </main>
      <StatusBar />
      <GlobalKeys />
      <Palette />
      <HelpSheet />
      <Notices />
      <UpdateAlerts />
      <UpdateEnds />
      <HubDialogs />
      <CheckoutDialogs />
    </div>
  );
}

/** The fleet and what is inside a device: the screens that an account which needs the person has a part in. */
function showsDevices(place: string): boolean {
  return place === paths.fleet() || place.startsWith('/device/');
}
