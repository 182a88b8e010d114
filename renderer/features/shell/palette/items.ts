import type { TablerIcon } from '@tabler/icons-react';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { placeOf } from '../../../ui/deviceSource.ts';
import { bestOf, type Findable, fuzzyScore, wordsOf } from './fuzzy.ts';

/** A line of the palette. `text` and `also` are what it is found by, in lower case. */
export interface PaletteItem extends Findable {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: TablerIcon;
  readonly keys?: string;
  /** It is no action of the screen, but what a key does there. */
  readonly onlyKey?: boolean;
  readonly run: () => void;
}

/** A device as the palette looks for it: made once for each fleet, not for each letter that is typed. */
export interface DeviceKey extends Findable {
  readonly id: string;
}

export function deviceKeys(devices: Iterable<DeviceSummary>): readonly DeviceKey[] {
  return [...devices].map((device) => ({
    id: device.id,
    text: device.name.toLowerCase(),
    also: [placeOf(device), device.board, device.running?.revision, ...Object.entries(device.labels).flat()]
      .filter((part) => part !== undefined)
      .join(' ')
      .toLowerCase(),
  }));
}

/** What is looked for: everything, or what a sign at the beginning says: `>` actions, `@` devices, `#` revisions. */
export type Scope = 'all' | 'actions' | 'devices' | 'revisions';

const signs: { readonly [sign: string]: Scope } = { '>': 'actions', '@': 'devices', '#': 'revisions' };

export function scopeOf(typed: string): { readonly scope: Scope; readonly words: string } {
  const text = typed.trimStart();
  const scope = signs[text.charAt(0)];
  return scope === undefined ? { scope: 'all', words: text } : { scope, words: text.slice(1) };
}

/** The items of each group together, the groups in the order of their first item. */
export function grouped(
  items: readonly PaletteItem[],
): readonly { readonly group: string; readonly items: readonly PaletteItem[] }[] {
  const groups = new Map<string, PaletteItem[]>();
  for (const item of items) {
    const group = groups.get(item.group);
    if (group === undefined) groups.set(item.group, [item]);
    else group.push(item);
  }
  return [...groups].map(([group, of]) => ({ group, items: of }));
}

interface Sources {
  readonly recent: readonly PaletteItem[];
  readonly actions: readonly PaletteItem[];
  readonly screens: readonly PaletteItem[];
  readonly revisions: readonly PaletteItem[];
  readonly devices: readonly DeviceKey[];
  /** The line of a device that is shown. */
  readonly deviceItem: (id: string) => PaletteItem | undefined;
}

/** The devices that may be shown for what was typed, of all: the one step that looks at each of ten thousand. */
export function devicesFor(typed: string, keys: readonly DeviceKey[], most: number): readonly DeviceKey[] {
  const { scope, words } = scopeOf(typed);
  return scope === 'all' || scope === 'devices' ? bestOf(words, keys, most) : [];
}

/** What only a key does is found by typing. */
function isOffered({ onlyKey }: PaletteItem): boolean {
  return onlyKey !== true;
}

/** What the palette shows for what was typed, best first; with nothing typed, where the person was last and what is offered here. */
export function paletteLines(typed: string, sources: Sources, most: number): readonly PaletteItem[] {
  const { scope, words } = scopeOf(typed);
  const devices = () => bestOf(words, sources.devices, most).flatMap(({ id }) => sources.deviceItem(id) ?? []);
  switch (scope) {
    case 'actions':
      return bestOf(words, sources.actions, most);
    case 'revisions':
      return bestOf(words, sources.revisions, most);
    case 'devices':
      return devices();
    case 'all': {
      if (words.trim() === '')
        return [...sources.recent, ...sources.actions.filter(isOffered), ...sources.screens, ...devices()].slice(0, most);
      const typedWords = wordsOf(words);
      // A screen or an action is named in few words: of what fits alike it comes before a device.
      return [...sources.screens, ...sources.actions, ...sources.revisions, ...devices()]
        .map((item) => ({ item, score: fuzzyScore(typedWords, item) }))
        .filter(({ score }) => score >= 0)
        .sort((a, b) => b.score - a.score)
        .slice(0, most)
        .map(({ item }) => item);
    }
  }
}
