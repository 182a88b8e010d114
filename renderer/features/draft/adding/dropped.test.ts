import { expect, test } from 'vitest';
import { type DroppedEntry, filesIn, TooManyFiles } from './dropped.ts';

const file = (name: string): DroppedEntry => ({ name, isDirectory: false, file: (done) => done(new File([], name)) });

/** Gives its children two at a time, as browsers give a hundred. */
function folder(name: string, ...children: readonly DroppedEntry[]): DroppedEntry {
  return {
    name,
    isDirectory: true,
    createReader: () => {
      let at = 0;
      return {
        readEntries: (done) => {
          done(children.slice(at, at + 2));
          at += 2;
        },
      };
    },
  };
}

test('folders are walked, and paths kept', async () => {
  const dropped = [
    folder('etc', file('hosts'), file('.DS_Store'), folder('ssl', file('b.pem'), file('a.pem'), file('c.pem'))),
    file('run.json'),
  ];
  expect((await filesIn(dropped)).map(({ path }) => path)).toEqual([
    'etc/hosts',
    'etc/ssl/a.pem',
    'etc/ssl/b.pem',
    'etc/ssl/c.pem',
    'run.json',
  ]);
});

test('too many, and what can not be read, are told', async () => {
  await expect(filesIn([folder('all', file('a'), file('b'), file('c'))], 2)).rejects.toBeInstanceOf(TooManyFiles);
  const locked: DroppedEntry = { name: 'x', isDirectory: false, file: (_done, failed) => failed(new Error('locked')) };
  await expect(filesIn([locked])).rejects.toThrow('locked');
});
