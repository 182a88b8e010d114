import { expect, test } from 'vitest';
import { contentOf, isBinaryName } from './objectText.ts';

const utf8 = new TextEncoder();

test('UTF-8 without NUL is text, anything else is not', () => {
  expect(contentOf(utf8.encode('lxc.tty.max = 4\nüß'), false)).toEqual({
    kind: 'text',
    text: 'lxc.tty.max = 4\nüß',
    truncated: false,
    type: 'text',
  });
  expect(contentOf(new Uint8Array(), false)).toEqual({ kind: 'text', text: '', truncated: false, type: 'empty' });
  expect(contentOf(new Uint8Array([104, 0, 105]), false)).toEqual({ kind: 'binary', type: undefined });
  expect(contentOf(new Uint8Array([0xff, 0xfe, 0x41]), false)).toEqual({ kind: 'binary', type: undefined });
});

test('a character that was cut in two does not make a text binary', () => {
  const cut = utf8.encode('aé').slice(0, 2);
  expect(contentOf(cut, true)).toEqual({ kind: 'text', text: 'a', truncated: true, type: 'text' });
  expect(contentOf(cut, false)).toEqual({ kind: 'binary', type: undefined });
});

test('images of file systems are known by name', () => {
  expect(['web/root.squashfs', 'bsp/kernel.img', 'bsp/pantavisor'].every(isBinaryName)).toBe(true);
  expect(['web/lxc.container.conf', '_config/web/etc/hosts', 'web/pantavisor'].some(isBinaryName)).toBe(false);
});
