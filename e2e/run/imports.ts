import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import { parseSync } from 'vite';

/** One import of a source file. Paths are relative to the root of the project, with `/`. */
export interface ImportEdge {
  readonly from: string;
  /** A file of the project, `node:…`, or the name of an npm package. */
  readonly to: string;
  readonly kind: 'project' | 'node' | 'npm';
  /** Erased by the compiler: nothing of it is there at run time. */
  readonly typeOnly: boolean;
}

/**
 * The imports of one source file: static and dynamic ones, and what it exports from elsewhere.
 * @param text TypeScript or JavaScript
 * @throws when the text can't be parsed
 */
export function importsOf(from: string, text: string): readonly ImportEdge[] {
  const { module, errors } = parseSync(from, text);
  const first = errors[0];
  if (first !== undefined) throw new Error(`${from}: ${first.message}`);
  const found = [
    ...module.staticImports.map((statement) => ({
      specifier: statement.moduleRequest.value,
      typeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
    })),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.flatMap((entry) =>
        entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
      ),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const literal = /^(['"`])([^'"`$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end));
      return literal?.[2] === undefined ? [] : [{ specifier: literal[2], typeOnly: false }];
    }),
  ];
  return found.map(({ specifier, typeOnly }) => ({ from, typeOnly, ...target(from, specifier) }));
}

function target(from: string, specifier: string): Pick<ImportEdge, 'to' | 'kind'> {
  if (specifier.startsWith('.')) {
    return { to: posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')), kind: 'project' };
  }
  const bare = specifier.replace(/^node:/, '');
  if (specifier.startsWith('node:') || builtinModules.includes(bare)) return { to: `node:${bare}`, kind: 'node' };
  const parts = specifier.split('/');
  return { to: parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/'), kind: 'npm' };
}

/** Circles among imports that are there at run time, each as the files on the way, the first one once more at the end. */
export function importCircles(edges: readonly ImportEdge[]): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const edge of edges) {
    if (edge.kind === 'project' && !edge.typeOnly) next.set(edge.from, [...(next.get(edge.from) ?? []), edge.to]);
  }
  const circles: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push([...way.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of next.keys()) visit(file, []);
  return circles;
}
