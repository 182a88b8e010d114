import type { App, Session, Shell, WebContents } from 'electron';
import { openExternalLink } from './external-links.ts';
import { isAppAddress } from './renderer-protocol.ts';

/** What our own page may ask for: to put text on the clipboard after a click, and to say how an update ended while nobody looks. */
const grantedPermissions: ReadonlySet<string> = new Set(['clipboard-sanitized-write', 'notifications']);

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

/** Refuses every permission that a page may ask for, but {@link grantedPermissions} for our own page. */
export function lockDownPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(grantedPermissions.has(permission) && details.isMainFrame && isAppAddress(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin, details) => grantedPermissions.has(permission) && details.isMainFrame && isAppAddress(origin),
  );
  session.setDevicePermissionHandler(() => false);
}
