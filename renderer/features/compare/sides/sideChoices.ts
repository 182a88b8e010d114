import type { CheckoutSummary } from '../../../../shared/contract/checkout.ts';
import type { Timeline } from '../../../../shared/contract/device.ts';
import type { DraftSummary } from '../../../../shared/contract/draft.ts';
import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { strings } from '../../../strings/compare.ts';
import { subject } from '../../../ui/commitMessage.ts';
import { placeOf } from '../../../ui/deviceSource.ts';
import { instantOf } from '../../timeline/revisionDate.ts';
import { checkoutSide, draftSide, revisionSide, runningNow } from './sideRef.ts';

/** Something that can be chosen for a side: a side itself, or a device to choose one of. */
export interface SideChoice {
  /** A side as it stands in the address, or a device's id. */
  readonly value: string;
  /** The device to choose a side of; absent for a side itself. */
  readonly device?: DeviceId;
  /** A revision's name is set in the monospace font. */
  readonly mono: boolean;
  readonly name: string;
  readonly text: string;
  /** What stands beside the name: that it runs, its status. */
  readonly tag: string | undefined;
  /** An instant. */
  readonly at: number | undefined;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly SideChoice[];
  /** How many more there are than are shown. */
  readonly more: number;
}

/** So many choices of a group are drawn; the rest is found by typing. */
export const mostChoices = 60;

interface DeviceSides {
  readonly home: DeviceId | undefined;
  readonly device: DeviceId;
  readonly running: string | undefined;
  readonly timeline: Timeline | undefined;
  readonly drafts: readonly DraftSummary[];
}

/** What a device offers for a side: what runs, its drafts, its revisions newest first; those that hold all words of the search. */
export function choicesOf({ home, device, running, timeline, drafts }: DeviceSides, search: string): readonly ChoiceGroup[] {
  const now: SideChoice = {
    value: revisionSide(home, device, runningNow),
    mono: false,
    name: strings.runningNow,
    text: running ?? '',
    tag: undefined,
    at: undefined,
  };
  const ofDrafts = drafts.map(
    (draft): SideChoice => ({
      value: draftSide(draft.id),
      mono: false,
      name: draft.title === '' ? strings.draftOption(draft.base, draft.changes) : draft.title,
      text: draft.title === '' ? '' : strings.draftOption(draft.base, draft.changes),
      tag: undefined,
      at: draft.changedAt,
    }),
  );
  const revisions = (timeline?.revisions ?? []).map(
    (one): SideChoice => ({
      value: revisionSide(home, device, one.revision),
      mono: true,
      name: one.revision,
      text: subject(one.message),
      tag: one.running ? strings.running : one.checkpoint ? strings.checkpoint : one.status.toLowerCase(),
      at: instantOf(one.date),
    }),
  );
  return shownGroups(search, [
    { label: strings.runningNow, choices: [now] },
    { label: strings.draftsGroup, choices: ofDrafts },
    { label: strings.revisionsGroup, choices: revisions },
  ]);
}

/** The other devices whose states can be chosen, by name. */
export function deviceChoices(
  devices: Iterable<DeviceSummary>,
  without: DeviceId | undefined,
  search: string,
): readonly ChoiceGroup[] {
  const choices = [...devices]
    .filter(({ id }) => id !== without)
    .map(
      (device): SideChoice => ({
        value: device.id,
        device: device.id,
        mono: false,
        name: device.name,
        text: [device.running?.revision, placeOf(device)].filter((part) => part !== undefined && part !== '').join(' · '),
        tag: undefined,
        at: undefined,
      }),
    )
    .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  return shownGroups(search, [{ label: strings.devicesGroup, choices }]);
}

/** The pvr checkouts that are opened here, each with its two states. */
export function checkoutChoices(checkouts: readonly CheckoutSummary[], search: string): readonly ChoiceGroup[] {
  return shownGroups(
    search,
    [...checkouts]
      .sort((one, other) => one.name.localeCompare(other.name))
      .map(({ id, name, path }) => ({
        label: name,
        choices: (['working', 'commit'] as const).map(
          (which): SideChoice => ({
            value: checkoutSide(id, which),
            mono: false,
            name: strings.checkoutStates[which],
            text: path,
            tag: undefined,
            at: undefined,
          }),
        ),
      })),
  );
}

function shownGroups(search: string, groups: readonly Omit<ChoiceGroup, 'more'>[]): readonly ChoiceGroup[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return groups.flatMap(({ label, choices }) => {
    const found = choices.filter(({ name, text, tag }) => {
      const all = `${name} ${text} ${tag ?? ''}`.toLowerCase();
      return words.every((word) => all.includes(word));
    });
    if (found.length === 0) return [];
    return [{ label, choices: found.slice(0, mostChoices), more: Math.max(0, found.length - mostChoices) }];
  });
}
