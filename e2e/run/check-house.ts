// The walls of the house: import rules, circles, no source file over 400 lines, and the words of the screen in one place. Part of `npm run check`.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forbiddenImports } from './import-rules.ts';
import { importCircles, importsOf } from './imports.ts';
import { screenTexts } from './screen-texts.ts';

const longestFile = 400;
const root = fileURLToPath(new URL('../..', import.meta.url));

const sources = ['electron', 'renderer', 'shared', 'e2e']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => posixPath(folder, path)),
  )
  .filter((file) => /\.(tsx?|mjs)$/.test(file) && !file.includes('/fixtures/'))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }));

/** Calls that give another answer each time: shared/ is given the time and its chances as values. */
const impure = /\b(Date\.now|Math\.random)\(|\bnew Date\(\)/;

const edges = sources.flatMap(({ file, text }) => importsOf(file, text));
const complaints = [
  ...forbiddenImports(edges),
  ...importCircles(edges).map((files) => `a circle of imports: ${files.join(' → ')}`),
  ...sources
    .filter(({ file, text }) => file.startsWith('shared/') && !file.includes('.test.') && impure.test(text))
    .map(({ file }) => `${file} asks for the time or for chance: shared has no clock`),
  ...sources
    .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > longestFile)
    .map(({ file, lines }) => `${file} has ${lines} lines, ${longestFile} is the most`),
  ...sources.flatMap(({ file, text }) =>
    screenTexts(file, text).map((found) => `${file} says “${found}”: the words of the screen stand in renderer/strings`),
  ),
];
for (const complaint of complaints) console.error(complaint);
console.log(
  `${sources.length} files, ${edges.length} imports: ${complaints.length === 0 ? 'in order' : `${complaints.length} complaints`}`,
);
process.exitCode = complaints.length === 0 ? 0 : 1;

function posixPath(folder: string, path: string): string {
  return [folder, ...path.split(sep)].join('/');
}
