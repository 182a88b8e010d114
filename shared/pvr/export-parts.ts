import type { Pristine } from './pristine.ts';
import { stateText } from './working.ts';

/**
 * What an export of some parts has of a state: a key that is a part, or lies in one, and always `#spec`; everything where no part is named
 * (repolib.go, Export). Canonical.
 */
export function exportedState({ members }: Pristine, parts: readonly string[]): string {
  const folders = parts.map((part) => (part.endsWith('/') ? part : `${part}/`));
  const isIn = (key: string) =>
    key === '#spec' || parts.length === 0 || parts.includes(key) || folders.some((folder) => key.startsWith(folder));
  return stateText(new Map([...members].filter(([key]) => isIn(key))));
}
