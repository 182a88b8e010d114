import { expect, test } from 'vitest';
import { Following, type FollowStart } from './following.ts';
import type { ListedFile } from './listing.ts';

/** Files that are read as a device's are. */
class Files {
  readonly bytes = new Map<string, { text: string; inode: string }>();

  write(path: string, text: string): void {
    this.bytes.set(path, { text: (this.bytes.get(path)?.text ?? '') + text, inode: this.bytes.get(path)?.inode ?? path });
  }

  listing(): readonly ListedFile[] {
    return [...this.bytes].map(([path, { text, inode }]) => ({ path, inode, size: text.length }));
  }

  /** Looks until nothing is left: what was said, marks by their kind in brackets. */
  look(following: Following): readonly string[] {
    const said: string[] = [];
    for (;;) {
      const reads = following.plan(this.listing());
      for (const read of reads) {
        const text = this.bytes.get(read.path)?.text ?? '';
        following.take(read, Buffer.from(text.slice(read.offset, read.offset + read.length)), 7);
      }
      said.push(
        ...following
          .news()
          .entries.map(({ text, mark, at }) => (mark ? `[${mark.kind}]` : `${text}${at === undefined ? '' : '!'}`)),
      );
      if (reads.length === 0) return said;
    }
  }
}

function start(from: FollowStart = { lines: 2 }): { readonly files: Files; readonly following: Following } {
  return { files: new Files(), following: new Following('1', from) };
}

const web = 'web/lxc/console.log';

test('The last lines of each file come first, Pantavisor’s before the containers’; what is written then is new', () => {
  const { files, following } = start();
  files.write(web, 'a\nb\nc\n');
  files.write('pantavisor/pantavisor.log', '[pantavisor] 1 INFO\t -- [init]: hello\n');
  files.write('web/lxc/console.log.1.gz', 'packed');
  expect(files.look(following)).toEqual(['[before]', 'hello', '[before]', 'b', 'c']);
  files.write(web, 'd\nhalf');
  expect(files.look(following)).toEqual(['d!']);
  files.write(web, ' done\n');
  files.write('sensor/lxc/console.log', 'up\n');
  expect(files.look(following)).toEqual(['[appeared]', 'up!', 'half done!']);
});

test('A file that is longer than what is looked back is entered at a line', () => {
  const { files, following } = start({ lines: 3 });
  files.write(web, Array.from({ length: 500 }, (_, index) => `line ${index}\n`).join(''));
  expect(files.look(following)).toEqual(['[before]', 'line 497', 'line 498', 'line 499']);
});

test('A rotated file begins anew, whether it has become shorter or is another one', () => {
  const { files, following } = start();
  files.write(web, 'a\nb\n');
  files.look(following);
  files.bytes.set(web, { text: 'n\n', inode: web });
  expect(files.look(following)).toEqual(['[rotated]', 'n!']);
  files.bytes.set(web, { text: 'other and longer\n', inode: 'other' });
  expect(files.look(following)).toEqual(['[rotated]', 'other and longer!']);
});

test('Where it was left it goes on without a gap or a line twice', () => {
  const { files, following } = start();
  files.write(web, 'a\nb\nha');
  files.look(following);
  files.write(web, 'lf\nc\n');
  const again = new Following('1', { places: { revision: '1', ends: { [web]: 4 } } });
  files.write('late/lxc/console.log', 'x\n');
  expect(files.look(again)).toEqual(['x!', 'half!', 'c!']);
});

test('What is written quicker than it can be fetched is skipped, and told', () => {
  const { files, following } = start({ lines: 0 });
  files.write(web, 'a\n');
  files.look(following);
  files.write(web, `${'x'.repeat(99)}\n`.repeat(60_000));
  const said = files.look(following);
  expect([said[0], said.length < 3000, said.at(-1)]).toEqual(['[behind]', true, `${'x'.repeat(99)}!`]);
});

test('The end of a revision gives what has no line end', () => {
  const { files, following } = start({ fromStart: true });
  files.write(web, 'a\nlast words');
  expect(files.look(following)).toEqual(['a!']);
  following.finish(9);
  expect(following.news().entries.map(({ text }) => text)).toEqual(['last words']);
});

test('Files that come and go without end are not all remembered, and those that stay are read on', () => {
  const { files, following } = start();
  files.write(web, 'a\n');
  files.look(following);
  for (let round = 0; round < 10; round += 1) {
    for (const path of files.bytes.keys()) if (path !== web) files.bytes.delete(path);
    for (let at = 0; at < 1000; at += 1) files.write(`c${round}/${at}`, 'x\n');
    files.look(following);
  }
  expect(following.size).toBeLessThan(4100);
  files.write(web, 'b\n');
  expect(files.look(following)).toEqual(['b!']);
});
