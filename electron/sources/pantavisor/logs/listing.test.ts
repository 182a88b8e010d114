import { expect, test } from 'vitest';
import { linkTarget, parseListing } from './listing.ts';

const busybox = `/storage/logs/:
total 8
9986765 drwxr-xr-x    2 0        0             4096 Nov 21 15:39 locals
  12345 lrwxrwxrwx    1 0        0               12 Nov 21 15:39 current -> locals/base2

/storage/logs/locals:
total 12
9986843 drwxr-xr-x    3 0        0             4096 Nov  1  2025 base2

/storage/logs/locals/base2/web/lxc:
total 4
9986768 -rw-r--r--    1 0        0                3 Nov 21 15:39 console.log
9986769 -rw-r--r--    1 0        0                0 Nov  1  2025 with two  blanks
`;

test('Files are listed with their paths, sizes and inodes; folders and links are not', () => {
  expect(parseListing(busybox, '/storage/logs')).toEqual([
    { path: 'locals/base2/web/lxc/console.log', inode: '9986768', size: 3 },
    { path: 'locals/base2/web/lxc/with two  blanks', inode: '9986769', size: 0 },
  ]);
  expect(
    parseListing(
      '/l/:\n 12 -rw-r--r-- 1 0 0 77 2026-11-21 15:39 a.log\n 13 -rw------- 1 0 0 1 2026-11-21 15:39:01.5 +0100 b\n',
      '/l',
    ),
  ).toEqual([
    { path: 'a.log', inode: '12', size: 77 },
    { path: 'b', inode: '13', size: 1 },
  ]);
  expect(parseListing('ls: cannot open\n\u0000garbage\n', '/l')).toEqual([]);
});

test('Where a link leads is read from its own line', () => {
  expect(linkTarget('lrwxrwxrwx    1 0        0               12 Nov 21 15:39 /storage/logs/current -> locals/base2\n')).toBe(
    'locals/base2',
  );
  expect(linkTarget('drwxr-xr-x 1 0 0 12 Nov 21 15:39 /storage/logs/current\n')).toBeUndefined();
});

test('What no file of a log is like is passed over: a size beyond all disks, a name beyond all paths', () => {
  const row = (size: string, name: string) => ` 12 -rw-r--r-- 1 0 0 ${size} Nov 21 15:39 ${name}\n`;
  const rows = `${row('9'.repeat(400), 'huge')}${row('99999999999999999999', 'large')}${row('1', 'n'.repeat(1200))}${row('3', 'web')}`;
  expect(parseListing(`/l/:\n${rows}`, '/l')).toEqual([{ path: 'web', inode: '12', size: 3 }]);
});
