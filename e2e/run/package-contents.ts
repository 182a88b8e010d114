import { importsOf } from './imports.ts';

/** Files of a packaged program: path inside the asar (with `/`, none at its start) → text, read as UTF-8. */
export type PackageContents = ReadonlyMap<string, string>;

const required = [
  'package.json',
  'dist/main/main.js',
  'dist/main/licenses.md',
  'dist/preload/preload.cjs',
  'dist/renderer/index.html',
];
const allowed =
  /^(package\.json|dist\/main\/([\w-]+\.js|licenses\.md)|dist\/preload\/preload\.cjs|dist\/renderer\/(index\.html|licenses\.md|assets\/.+))$/;
/** ssh2's optional native parts, which it does without, and what npm packages load only when they are asked to. */
const optionalImports = /^(cpu-features)$|\.node$/;

/**
 * What is wrong with a packaged program: something missing, something that has no place in it (sources, tests, fixtures, packages,
 * source maps), a name of a folder on the machine where it was made, or code that would not find what it imports.
 * @param machineFolders absolute paths that must not occur in any file
 */
export function packageComplaints(contents: PackageContents, machineFolders: readonly string[]): readonly string[] {
  const paths = [...contents.keys()];
  return [
    ...required.filter((path) => !contents.has(path)).map((path) => `${path} is missing`),
    ...paths.filter((path) => !allowed.test(path) || isNoProgram(path)).map((path) => `${path} has no place in it`),
    ...[...contents].flatMap(([path, text]) => [
      ...(/[#@] ?sourceMappingURL=(?!data:)/.test(text) ? [`${path} names a source map`] : []),
      ...machineFolders.filter((folder) => text.includes(folder)).map((folder) => `${path} names ${folder}`),
      ...(/^dist\/(main|preload)\/.*js$/.test(path) ? unresolved(path, text, contents) : []),
    ]),
  ];
}

function isNoProgram(path: string): boolean {
  return /\.(tsx?|map)$|\.test\.|(^|\/)(fixtures|node_modules)\//.test(path);
}

function unresolved(path: string, text: string, contents: PackageContents): readonly string[] {
  const required = [...text.matchAll(/\b(?:__)?require\("([^"]+)"\)/g)].map((match) => `import '${match[1]}';`);
  return [...importsOf(path, text), ...importsOf(path.replace(/cjs$/, 'js'), required.join('\n'))]
    .filter(({ to, kind }) => kind !== 'node' && to !== 'electron' && !contents.has(to) && !optionalImports.test(to))
    .map(({ to }) => `${path} imports ${to}, which is not in it`);
}
