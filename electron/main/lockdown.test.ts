import { EventEmitter } from 'node:events';
import type { App, Session, WebContents, WindowOpenHandlerResponse } from 'electron';
import { expect, test, vi } from 'vitest';
import { lockDownPages, lockDownPermissions } from './lockdown.ts';

type OpenHandler = (details: { url: string }) => WindowOpenHandlerResponse;

function lockedPage() {
  const app = new EventEmitter();
  const openExternal = vi.fn(async (_url: string) => undefined);
  lockDownPages(app as unknown as App, { openExternal });
  let openHandler: OpenHandler = () => ({ action: 'allow' });
  const contents = Object.assign(new EventEmitter(), {
    setWindowOpenHandler: (handler: OpenHandler) => {
      openHandler = handler;
    },
  });
  app.emit('web-contents-created', {}, contents as unknown as WebContents);
  const emit = (name: string, event: object) => {
    const preventDefault = vi.fn();
    contents.emit(name, { ...event, preventDefault });
    return preventDefault.mock.calls.length > 0 ? 'refused' : 'allowed';
  };
  return { emit, open: (url: string) => openHandler({ url }), opened: () => openExternal.mock.calls.map(([url]) => url) };
}

test.each([
  ['trailboss://app/#/settings', 'allowed', []],
  ['trailboss://app.evil.example/', 'refused', []],
  ['trailboss://other/', 'refused', []],
  ['https://pantavisor.io/docs', 'refused', ['https://pantavisor.io/docs']],
  ['http://127.0.0.1:4780/', 'refused', []],
  ['file:///etc/passwd', 'refused', []],
  ['javascript:alert(1)', 'refused', []],
  ['not an address', 'refused', []],
])('a page that goes to %s is %s', (url, outcome, opened) => {
  const page = lockedPage();
  expect([page.emit('will-navigate', { url }), page.opened()]).toEqual([outcome, opened]);
  expect([page.emit('will-redirect', { url }), page.opened()]).toEqual([outcome, opened]);
  expect(page.emit('will-frame-navigate', { url, isMainFrame: true })).toBe(outcome);
  expect(page.emit('will-frame-navigate', { url, isMainFrame: false })).toBe('refused');
});

test.each([
  ['https://pantavisor.io/', ['https://pantavisor.io/']],
  ['https://user:secret@pantavisor.io/', []],
  ['http://pantavisor.io/', []],
  ['file:///usr/bin/true', []],
  ['trailboss://app/', []],
  ['ms-settings:privacy', []],
])('a new window for %s is refused; only https links go to the browser', (url, opened) => {
  const page = lockedPage();
  expect([page.open(url), page.opened()]).toEqual([{ action: 'deny' }, opened]);
});

test('web views are refused', () => {
  expect(lockedPage().emit('will-attach-webview', {})).toBe('refused');
});

type Request = Parameters<Session['setPermissionRequestHandler']>[0];
type Check = Parameters<Session['setPermissionCheckHandler']>[0];

test('every permission is refused, but to write text to the clipboard and to notify, by our own page', () => {
  const handlers: { request?: Request; check?: Check } = {};
  lockDownPermissions({
    setPermissionRequestHandler: (handler: Request) => {
      handlers.request = handler;
    },
    setPermissionCheckHandler: (handler: Check) => {
      handlers.check = handler;
    },
    setDevicePermissionHandler: (handler: Parameters<Session['setDevicePermissionHandler']>[0]) => {
      expect(handler?.({ deviceType: 'hid', origin: 'trailboss://app', device: {} } as never)).toBe(false);
    },
  });
  const ask = (permission: string, url: string, isMainFrame = true) => {
    const answers: boolean[] = [];
    handlers.request?.({} as never, permission as never, (answer) => answers.push(answer), {
      requestingUrl: url,
      isMainFrame,
    } as never);
    answers.push(handlers.check?.(null, permission as never, url, { isMainFrame } as never) ?? true);
    return answers;
  };
  const page = 'trailboss://app/';
  const refused = ['media', 'geolocation', 'clipboard-read', 'openExternal', 'fullscreen', 'usb', 'unknown'];
  expect(refused.map((permission) => ask(permission, page))).toEqual(refused.map(() => [false, false]));
  expect(ask('clipboard-sanitized-write', page)).toEqual([true, true]);
  expect(ask('notifications', page)).toEqual([true, true]);
  expect(ask('notifications', 'https://evil.example/')).toEqual([false, false]);
  expect(ask('clipboard-sanitized-write', page, false)).toEqual([false, false]);
  expect(ask('clipboard-sanitized-write', 'https://evil.example/')).toEqual([false, false]);
});
