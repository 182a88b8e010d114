import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { type MenuOptions, menuTemplate } from './menu.ts';

function templateFor(options: Partial<MenuOptions>) {
  const calls: string[] = [];
  const template = menuTemplate({
    platform: 'linux',
    devTools: false,
    version: '1.2.3',
    goTo: (place) => calls.push(place),
    act: (what) => calls.push(what),
    showWindow: () => calls.push('window'),
    showAbout: () => calls.push('about'),
    ...options,
  });
  return { template, calls };
}

function itemsOf(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return Array.isArray(item.submenu) ? item.submenu : [];
}

const name = (item: MenuItemConstructorOptions) => item.label ?? item.role ?? item.type;

test.each([
  ['linux', ['&File', '&Edit', '&View', '&Window', 'help']],
  ['win32', ['&File', '&Edit', '&View', '&Window', 'help']],
  ['darwin', ['Trailboss', '&File', '&Edit', '&View', '&Window', 'help']],
])('on %s the menus are %j', (platform, menus) => {
  expect(templateFor({ platform }).template.map(name)).toEqual(menus);
});

test.each(['linux', 'darwin'])('on %s each item has a role or does something, and no key is given twice', (platform) => {
  const { template, calls } = templateFor({ platform });
  const items = template.flatMap(itemsOf).filter((item) => item.type !== 'separator' && item.role === undefined);
  for (const item of items) item.click?.({} as never, undefined, {} as never);
  expect(calls).toHaveLength(items.length);
  expect(new Set(calls)).toContain('/settings');
  const keys = items.flatMap((item) => item.accelerator ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('developer tools are there in development alone', () => {
  const roles = (devTools: boolean) =>
    templateFor({ devTools })
      .template.flatMap(itemsOf)
      .map((item) => item.role);
  expect([roles(true).includes('toggleDevTools'), roles(false).includes('toggleDevTools')]).toEqual([true, false]);
});
