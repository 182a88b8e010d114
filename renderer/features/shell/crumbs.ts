import { isSettingsSection, paths, type SettingsSection } from '../../routes/paths.ts';
import { strings as settingsStrings } from '../../strings/settings.ts';
import { strings } from '../../strings/shell.ts';

export interface Crumb {
  readonly text: string;
  /** Where it leads; the last one is where the person is. */
  readonly href?: string;
  /** A revision's name, set in the monospace font. */
  readonly mono?: boolean;
}

/** The way to a screen, from the fleet down. `deviceName` gives the name of a device that is known. */
export function crumbsOf(path: string, search: string, deviceName: (id: string) => string | undefined): readonly Crumb[] {
  const [area, id, sub, third, last] = path.split('/').filter((part) => part !== '');
  if (area === undefined) return [{ text: strings.fleet }];
  if (area === 'activity') return [{ text: strings.activity }];
  if (area === 'policies') return [{ text: strings.policies }];
  if (area === 'settings') return isSettingsSection(id) ? settingsCrumbs(id) : [{ text: strings.settings }];
  if (area === 'update') return [{ text: strings.fleet, href: paths.fleet() }, { text: strings.update }];
  if (area !== 'device' || id === undefined) return [{ text: strings.fleet, href: paths.fleet() }];
  const fleet: Crumb = { text: strings.fleet, href: paths.fleet() };
  const name = deviceName(id) ?? strings.device;
  const device: Crumb = { text: name, href: paths.device(id) };
  switch (sub) {
    case 'compare':
      return [fleet, device, compareCrumb(search)];
    case 'draft':
      return last === 'post' && third !== undefined
        ? [fleet, device, { text: strings.draft, href: paths.draft(id, third) }, { text: strings.post }]
        : [fleet, device, { text: strings.draft }];
    case 'update':
      return [fleet, device, { text: strings.update }];
    default:
      return [fleet, { text: name }];
  }
}

function settingsCrumbs(section: SettingsSection): readonly Crumb[] {
  return [{ text: strings.settings, href: paths.settings() }, { text: settingsStrings.sections[section] }];
}

function compareCrumb(search: string): Crumb {
  const query = new URLSearchParams(search);
  const a = query.get('a');
  const b = query.get('b');
  return a === null || b === null ? { text: strings.compare } : { text: `${sideName(a)} → ${sideName(b)}`, mono: true };
}

/** A draft has an id that says nothing to a person. */
function sideName(side: string): string {
  return side.startsWith('draft:') ? strings.draft.toLowerCase() : side;
}
