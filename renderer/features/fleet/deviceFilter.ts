import type { DeviceCondition, DeviceSummary } from '../../../shared/contract/fleet.ts';
import { conditionWords } from '../../ui/conditionWords.ts';
import { sourceOf } from '../../ui/deviceSource.ts';

const fields = ['status', 'source', 'account', 'label'] as const;
type Field = (typeof fields)[number];

/** A word of the filter; with a field it is looked for there only: `source:hub`, `label:site=lab`. */
interface Word {
  readonly field: Field | 'any';
  readonly text: string;
}

type Texts = Readonly<Record<Field | 'any', string>>;

function wordsOf(filter: string): readonly Word[] {
  // Quotes hold words together: label:"site=Plant 2". One that is still being typed has no end yet.
  const pieces = filter.toLowerCase().match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
  return pieces
    .map((piece) => piece.replaceAll('"', ''))
    .filter(Boolean)
    .map((text) => {
      const field = fields.find((name) => text.startsWith(`${name}:`));
      return field === undefined ? { field: 'any', text } : { field, text: text.slice(field.length + 1) };
    });
}

/** What people type for a condition besides the words of its badge. */
const otherWords: { readonly [C in DeviceCondition]?: string } = {
  blocked: 'blocked',
  failed: 'error',
  refused: 'wontgo',
  'not-answering': 'silent offline',
  updating: 'testing',
};

function textsOf(device: DeviceSummary): Texts {
  const source = sourceOf(device);
  const own = {
    status: conditionWords[device.condition].word,
    aliases: `${device.condition} ${otherWords[device.condition] ?? ''}`,
    source: source === 'both' ? 'lan hub both' : source,
    account: device.hub?.account ?? '',
    label: Object.entries(device.labels)
      .map(([name, value]) => labelText(name, value))
      .join('\n'),
  };
  const rest = [
    device.name,
    device.connection?.host,
    device.hub?.deviceId,
    device.board,
    device.running?.revision,
    device.running?.message,
  ];
  const lower = (text: string) => text.toLowerCase();
  return {
    status: `${lower(own.status)}\n${own.aliases}`,
    source: own.source,
    account: lower(own.account),
    label: lower(own.label),
    any: lower([own.status, own.account, own.label, ...rest].filter((text) => text !== undefined).join('\n')),
  };
}

// A device is the same object until it changes, so its text is made once and not with every letter that is typed.
const known = new WeakMap<DeviceSummary, Texts>();

function knownTexts(device: DeviceSummary): Texts {
  const texts = known.get(device) ?? textsOf(device);
  known.set(device, texts);
  return texts;
}

/** A label as it is shown and filtered by: `site=lab`, or the name alone where it has no value. */
export function labelText(name: string, value: string): string {
  return value === '' ? name : `${name}=${value}`;
}

/** The devices in whose rows every word of the filter is; `status:`, `source:`, `account:` and `label:` look in one place only. */
export function filterDevices(devices: Iterable<DeviceSummary>, filter: string): readonly DeviceSummary[] {
  const words = wordsOf(filter);
  if (words.length === 0) return [...devices];
  return [...devices].filter((device) => {
    const texts = knownTexts(device);
    return words.every(({ field, text }) => texts[field].includes(text));
  });
}
