import type { App, Session, Shell, WebContents } from 'electron';
import { openExternalLink } from './external-links.ts';
import { isAppAddress } from './renderer-protocol.ts';

/** The one thing that our own page may ask for: to put text on the clipboard after a click. */
const grantedPermission = 'clipboard-sanitized-write';

/** Refuses, in every page: to leave the program, to open windows, and to hold web views. Links out go to the person's browser. */
export function lockDownPages(app: Pick<App, 'on'>, shell: Pick<Shell, 'openExternal'>): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      if (isAppAddress(event.url)) return;
      event.preventDefault();
      openExternalLink(shell, event.url);
    });
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame || !isAppAddress(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isAppAddress(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternalLink(shell, url);
      return { action: 'deny' };
    });
  });
}

/** Refuses every permission that a page may ask for, but {@link grantedPermission} for our own page. */
export function lockDownPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permission === grantedPermission && details.isMainFrame && isAppAddress(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => permission === grantedPermission && details.isMainFrame && isAppAddress(origin),
  );
  session.setDevicePermissionHandler(() => false);
}
