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
  if (area === 'series') return [{ text: strings.fleet, href: paths.fleet() }, { text: strings.series }];
  if (area === 'settings') return isSettingsSection(id) ? settingsCrumbs(id) : [{ text: strings.settings }];
  if (area === 'update') return [{ text: strings.fleet, href: paths.fleet() }, { text: strings.update }];
  if (area !== 'device' || id === undefined) return [{ text: strings.fleet, href: paths.fleet() }];
  const fleet: Crumb = { text: strings.fleet, href: paths.fleet() };
  const name = deviceName(id) ?? strings.device;
  const device: Crumb = { text: name, href: paths.device(id) };
  switch (sub) {
    case 'compare':
      return [fleet, device, compareCrumb(search, deviceName)];
    case 'differences':
      return [fleet, device, differencesCrumb(search)];
    case 'draft':
      return last === 'post' && third !== undefined
        ? [fleet, device, { text: strings.draft, href: paths.draft(id, third) }, { text: strings.post }]
        : [fleet, device, { text: strings.draft }];
    case 'update':
      return [fleet, device, { text: strings.update }];
    case 'diagnosis':
      return [fleet, device, { text: strings.diagnosis }];
    default:
      return [fleet, { text: name }];
  }
}

function settingsCrumbs(section: SettingsSection): readonly Crumb[] {
  return [{ text: strings.settings, href: paths.settings() }, { text: settingsStrings.sections[section] }];
}

type NameOf = (id: string) => string | undefined;

function compareCrumb(search: string, deviceName: NameOf): Crumb {
  const query = new URLSearchParams(search);
  const a = query.get('a');
  const b = query.get('b');
  if (a === null || b === null) return { text: strings.compare };
  return { text: `${sideName(a, deviceName)} → ${sideName(b, deviceName)}`, mono: true };
}

function differencesCrumb(search: string): Crumb {
  const reference = new URLSearchParams(search).get('reference');
  return { text: strings.fleetAgainst(reference === null ? strings.runningNow : sideName(reference, () => undefined)) };
}

/** A draft has an id that says nothing to a person, and so has another device. */
function sideName(side: string, deviceName: NameOf): string {
  if (side.startsWith('draft:')) return strings.draft.toLowerCase();
  if (side === 'current') return strings.runningNow;
  const [, id, revision] = /^device:([^:]+):(.+)$/.exec(side) ?? [];
  if (id === undefined || revision === undefined) return side;
  return `${deviceName(id) ?? strings.device} ${sideName(revision, deviceName)}`;
}
