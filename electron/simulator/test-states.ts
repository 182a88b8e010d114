/** Small states for tests: a system container `os` and a container `web`, each with one object. */
import { createHash } from 'node:crypto';
import type { SeedObject } from './options.ts';

const CONTENT = { a: 'first root', b: 'second root' } as const;
type Content = keyof typeof CONTENT;

function shaOf(content: Content): string {
  return createHash('sha256').update(CONTENT[content]).digest('hex');
}

/** The objects of every state that `twoContainers` makes. */
export const objectsOfTwo: readonly SeedObject[] = (['a', 'b'] as const).map((content) => ({
  sha256: shaOf(content),
  content: CONTENT[content],
}));

export function twoContainers({ os = 'a', web = 'a' }: { readonly os?: Content; readonly web?: Content } = {}): string {
  return JSON.stringify({
    '#spec': 'pantavisor-service-system@1',
    'os/root.squashfs': shaOf(os),
    'os/run.json': runJson('os', 'platform'),
    'web/root.squashfs': shaOf(web),
    'web/run.json': runJson('web', 'app'),
  });
}

function runJson(name: string, group: string): Readonly<Record<string, unknown>> {
  return {
    '#spec': 'service-manifest-run@1',
    config: 'lxc.container.conf',
    group,
    name,
    'root-volume': 'root.squashfs',
    type: 'lxc',
    volumes: [],
  };
}
