/** The page about the command line says what the command line takes. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readCommandLine, shapes } from './command-line.ts';
import { exitCodes } from './exit-codes.ts';
import { usageOf } from './usage.ts';

const page = readFileSync(new URL('../../docs/command-line.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```(sh|yaml)\n([\s\S]*?)```/g)].map(([, , text = '']) => text);

/** Every call in the page, as words: what stands before a pipe, a redirection or a comment. */
const calls = blocks
  .flatMap((text) => text.split('\n'))
  .flatMap(
    (line) =>
      /(?:^|\s)(?:npx trailboss|trailboss|cli\.mjs)((?: .*)?)$/.exec(
        line.replace(/^[\s-]*node \S*cli\.mjs/, ' trailboss'),
      )?.[1] ?? [],
  )
  .map((rest) => rest.split(/ \|\|? | > | +# /)[0] ?? '')
  .filter((rest) => !rest.includes('{') && !rest.includes('[') && rest !== '')
  .map((rest) => [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''))
  .map((words) => words.map((word) => (word === '$FAIL_ON' ? 'reboot,refused' : word)));

test('the page shows many calls, and each is one', () => {
  expect(calls.length).toBeGreaterThan(15);
  for (const words of calls)
    expect([words, readCommandLine(words).kind]).toEqual([words, expect.stringMatching(/^(command|schema)$/)]);
});

test.each(Object.entries(shapes))('every option and condition of %s is in the page and in its help', (name, shape) => {
  const help = usageOf(shapesName(name));
  for (const option of shape.options) expect([page.includes(`--${option}`), help.includes(`--${option}`)]).toEqual([true, true]);
  for (const condition of shape.conditions)
    expect([page.includes(`\`${condition}\``), help.includes(condition)]).toEqual([true, true]);
});

test('every exit code is in the page and in the help', () => {
  for (const code of Object.values(exitCodes)) {
    expect([page.includes(`| ${code} |`), new RegExp(`\\b${code}\\b`).test(usageOf(undefined))]).toEqual([true, true]);
  }
});

function shapesName(name: string): Parameters<typeof usageOf>[0] {
  const read = readCommandLine([...name.split(' '), '--help']);
  return read.kind === 'help' ? read.of : undefined;
}
