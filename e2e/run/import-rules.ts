import type { ImportEdge } from './imports.ts';

/** A wall of the house (architecture, "Rules" 1 and 2): what the files it speaks of may not import. */
export interface ImportRule {
  readonly name: string;
  readonly why: string;
  forbids(edge: ImportEdge): boolean;
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith('e2e/');
const inside = (file: string, ...folders: readonly string[]) => folders.some((folder) => file.startsWith(folder));

/** What shared may take from npm: libraries without a platform. */
const purePackages = ['@noble/hashes', '@orpc/client', '@orpc/contract', 'zod'];
const networkPackages = ['ssh2', 'undici', 'bonjour-service'];

/** The floors of electron/, top to bottom; each may import those below it. What stands on none may be imported by all. */
const floors: readonly (readonly string[])[] = [
  ['main', 'preload', 'browser', 'cli', 'launch'].flatMap((host) => [`electron/${host}.ts`, `electron/${host}/`]),
  ['electron/backend'],
  ['electron/router/'],
  ['electron/fleet/', 'electron/revisions/', 'electron/checkouts/', 'electron/signatures/'],
  ['electron/sources/', 'electron/storage/'],
  ['electron/net/'],
];

/** 0 is the top; -1 for what stands on no floor. */
function floorOf(file: string): number {
  return floors.findIndex((folders) => inside(file, ...folders));
}

function runsUp(from: string, to: string): boolean {
  const [start, end] = [floorOf(from), floorOf(to)];
  return end >= 0 && start > end;
}

export const importRules: readonly ImportRule[] = [
  {
    name: 'shared-is-alone',
    why: 'shared imports nothing from the other two',
    forbids: ({ from, to, kind }) => inside(from, 'shared/') && kind === 'project' && !inside(to, 'shared/'),
  },
  {
    name: 'shared-is-pure',
    why: `shared uses no platform; of npm only ${purePackages.join(', ')}`,
    forbids: ({ from, to, kind }) =>
      inside(from, 'shared/') && !isTest(from) && (kind === 'node' || (kind === 'npm' && !purePackages.includes(to))),
  },
  {
    name: 'renderer-never-electron',
    why: 'renderer and electron import shared, never each other',
    forbids: ({ from, to }) => inside(from, 'renderer/') && (inside(to, 'electron/') || to === 'electron'),
  },
  {
    name: 'renderer-has-no-node',
    why: 'there is no Node in the renderer',
    forbids: ({ from, kind }) => inside(from, 'renderer/') && !isTest(from) && kind === 'node',
  },
  {
    name: 'electron-never-renderer',
    why: 'renderer and electron import shared, never each other',
    forbids: ({ from, to }) => inside(from, 'electron/') && inside(to, 'renderer/'),
  },
  {
    name: 'program-never-tests',
    why: 'e2e/ looks at the program from outside',
    forbids: ({ from, to }) => inside(from, 'electron/', 'renderer/', 'shared/') && inside(to, 'e2e/'),
  },
  {
    name: 'no-arrow-up',
    why: 'inside electron: router → fleet, revisions → sources, storage → net; no arrow runs back up',
    forbids: ({ from, to, typeOnly }) => !isTest(from) && !typeOnly && runsUp(from, to),
  },
  {
    name: 'simulator-is-over-the-wire',
    why: 'simulated devices are spoken to over sockets, and know nothing of what is done with devices',
    forbids: ({ from, to }) => {
      const rooms = ['electron/router/', 'electron/fleet/', 'electron/revisions/', 'electron/sources/', 'electron/storage/'];
      const between = (left: string, right: string) => inside(left, 'electron/simulator/') && inside(right, ...rooms);
      return !isTest(from) && (between(from, to) || between(to, from));
    },
  },
  {
    name: 'electron-in-two-files',
    why: 'only electron/main.ts and electron/preload.ts import electron; types may be imported anywhere in electron/',
    forbids: ({ from, to, typeOnly }) =>
      to === 'electron' && !['electron/main.ts', 'electron/preload.ts'].includes(from) && !typeOnly && !isTest(from),
  },
  {
    name: 'network-in-net',
    why: `only electron/net imports ${networkPackages.join(', ')}; the simulator is a device of its own`,
    forbids: ({ from, to, typeOnly }) =>
      networkPackages.includes(to) && !typeOnly && !isTest(from) && !inside(from, 'electron/net/', 'electron/simulator/'),
  },
];

/** Each forbidden import as a line for the person. */
export function forbiddenImports(edges: readonly ImportEdge[]): readonly string[] {
  return edges.flatMap((edge) =>
    importRules.filter((rule) => rule.forbids(edge)).map((rule) => `${edge.from} imports ${edge.to}: ${rule.why} (${rule.name})`),
  );
}
