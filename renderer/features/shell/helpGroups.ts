import type { ShortcutList } from '../../stores/shortcuts.ts';
import { hotkeyText } from '../../ui/hotkeyText.ts';

/** A line of the help sheet; the same deed may have several keys. */
export interface HelpLine {
  readonly label: string;
  readonly keys: readonly string[];
}

export interface HelpGroup {
  readonly title: string;
  readonly lines: readonly HelpLine[];
}

/**
 * What the help sheet lists: the screen that is shown before what goes everywhere, each group and each deed once. `typed` keeps
 * the lines that hold it, in words or in keys.
 */
export function helpGroups(
  lists: Iterable<ShortcutList>,
  fixed: readonly HelpGroup[],
  everywhere: string,
  typed: string,
  mac: boolean,
): readonly HelpGroup[] {
  const groups = new Map<string, Map<string, string[]>>();
  for (const { screen, list } of [...lists].reverse()) {
    const lines = groups.get(screen) ?? new Map<string, string[]>();
    groups.set(screen, lines);
    for (const { label, keys } of list) {
      const known = lines.get(label) ?? [];
      if (!known.includes(keys)) lines.set(label, [...known, keys]);
    }
  }
  const all = [...groups].map(([title, lines]) => ({ title, lines: [...lines].map(([label, keys]) => ({ label, keys })) }));
  const ordered = [
    ...all.filter(({ title }) => title !== everywhere),
    ...fixed,
    ...all.filter(({ title }) => title === everywhere),
  ];
  const words = typed.toLowerCase().trim();
  return ordered
    .map(({ title, lines }) => ({
      title,
      lines: lines.filter(
        ({ label, keys }) =>
          label.toLowerCase().includes(words) || keys.some((key) => hotkeyText(key, mac).toLowerCase().includes(words)),
      ),
    }))
    .filter(({ lines }) => lines.length > 0);
}
