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

/** The way to a screen, from the fleet down. `deviceName` and `checkoutName` give the names of those that are known. */
export function crumbsOf(path: string, search: string, deviceName: NameOf, checkoutName: NameOf): readonly Crumb[] {
  const [area, id, sub, third, last] = path.split('/').filter((part) => part !== '');
  if (area === undefined) return [{ text: strings.fleet }];
  if (area === 'activity') return [{ text: strings.activity }];
  if (area === 'fidelity') return [{ text: strings.activity, href: paths.activity() }, { text: strings.fidelity }];
  if (area === 'policies') return [{ text: strings.policies }];
  if (area === 'checkouts') return [{ text: strings.checkouts }];
  if (area === 'checkout') return checkoutCrumbs(id, sub, search, { deviceName, checkoutName });
  if (area === 'series') return [{ text: strings.fleet, href: paths.fleet() }, { text: strings.series }];
  if (area === 'settings') return isSettingsSection(id) ? settingsCrumbs(id) : [{ text: strings.settings }];
  if (area === 'update') return [{ text: strings.fleet, href: paths.fleet() }, { text: strings.update }];
  if (area !== 'device' || id === undefined) return [{ text: strings.fleet, href: paths.fleet() }];
  const fleet: Crumb = { text: strings.fleet, href: paths.fleet() };
  const name = deviceName(id) ?? strings.device;
  const device: Crumb = { text: name, href: paths.device(id) };
  switch (sub) {
    case 'compare':
      return [fleet, device, compareCrumb(search, { deviceName, checkoutName })];
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

interface Names {
  readonly deviceName: NameOf;
  readonly checkoutName: NameOf;
}

function checkoutCrumbs(id: string | undefined, sub: string | undefined, search: string, names: Names): readonly Crumb[] {
  const list: Crumb = { text: strings.checkouts, href: paths.checkouts() };
  if (id === undefined) return [list];
  const text = names.checkoutName(id) ?? strings.checkout;
  return sub === 'compare' ? [list, { text, href: paths.checkout(id) }, compareCrumb(search, names)] : [list, { text }];
}

function compareCrumb(search: string, names: Names): Crumb {
  const query = new URLSearchParams(search);
  const a = query.get('a');
  const b = query.get('b');
  if (a === null || b === null) return { text: strings.compare };
  return { text: `${sideName(a, names)} → ${sideName(b, names)}`, mono: true };
}

const nobody: Names = { deviceName: () => undefined, checkoutName: () => undefined };

function differencesCrumb(search: string): Crumb {
  const reference = new URLSearchParams(search).get('reference');
  return { text: strings.fleetAgainst(reference === null ? strings.runningNow : sideName(reference, nobody)) };
}

/** A draft has an id that says nothing to a person, and so have another device and a checkout; of an export the file's name is enough. */
function sideName(side: string, names: Names): string {
  if (side.startsWith('draft:')) return strings.draft.toLowerCase();
  if (side === 'current') return strings.runningNow;
  if (side.startsWith('export:')) return side.split(/[/\\]/).findLast((part) => part !== '') ?? side;
  const [, checkout, which] = /^checkout:(.+):(working|commit)$/.exec(side) ?? [];
  if (checkout !== undefined) {
    const state = which === 'working' ? strings.workingTree : strings.theCommit;
    return `${names.checkoutName(checkout) ?? strings.checkout} ${state}`;
  }
  const [, id, revision] = /^device:([^:]+):(.+)$/.exec(side) ?? [];
  if (id === undefined || revision === undefined) return side;
  return `${names.deviceName(id) ?? strings.device} ${sideName(revision, names)}`;
}
