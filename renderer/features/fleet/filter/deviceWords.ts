import type { DeviceSummary } from '../../../../shared/contract/fleet.ts';
import { sourceOf } from '../../../ui/deviceSource.ts';
import { type FieldName, wordsOfCondition } from './filterFields.ts';

/** What a device's fields and its whole row are found by, in lower case; each is made when it is first asked for. */
type Words = { any?: string } & { [F in FieldName]?: readonly string[] };

// A device is the same object until it changes, so its words are made once and not with every letter that is typed.
const known = new WeakMap<DeviceSummary, Words>();

function wordsOf(device: DeviceSummary): Words {
  const words = known.get(device) ?? {};
  known.set(device, words);
  return words;
}

/** The words of a device that a token looks at; none where the device did not tell. */
export function fieldWords(device: DeviceSummary, field: FieldName): readonly string[] {
  const words = wordsOf(device);
  words[field] ??= fieldValues(device, field).map((text) => text.toLowerCase());
  return words[field];
}

/** The text of a device's row, which words without a field are looked for in. */
export function rowText(device: DeviceSummary): string {
  const words = wordsOf(device);
  words.any ??= [
    device.name,
    ...wordsOfCondition(device.condition).slice(1, 2),
    device.hub?.account,
    ...labelTexts(device),
    device.connection?.host,
    device.hub?.deviceId,
    device.board,
    device.running?.revision,
    device.running?.message,
  ]
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
  return words.any;
}

/** A label as it is shown and filtered by: `site=lab`, or the name alone where it has no value. */
export function labelText(name: string, value: string): string {
  return value === '' ? name : `${name}=${value}`;
}

/** A device's labels as texts, by name. */
export function labelTexts({ labels }: { readonly labels: Readonly<Record<string, string>> }): readonly string[] {
  return Object.entries(labels)
    .map(([name, value]) => labelText(name, value))
    .sort();
}

/** The values of a device's field as people and devices write them. */
export function fieldValues(device: DeviceSummary, field: FieldName): readonly string[] {
  switch (field) {
    case 'status':
      return wordsOfCondition(device.condition);
    case 'source': {
      const source = sourceOf(device);
      return source === 'both' ? ['lan', 'hub', 'both'] : [source];
    }
    case 'label':
      // By its name alone too, whatever its value is.
      return [...labelTexts(device), ...Object.keys(device.labels)];
    case 'container':
      return device.containers?.names ?? [];
    case 'update':
      return device.update === undefined ? ['no'] : ['yes', device.update.stage];
    case 'checkpoint':
      return device.checkpoint === undefined ? [] : [device.checkpoint ? 'yes' : 'no'];
    case 'rev':
      return present(device.running?.revision);
    case 'account':
      return present(device.hub?.account);
    case 'mode':
      return present(device.mode);
    case 'board':
      return present(device.board);
    case 'version':
      return present(device.version);
    case 'name':
      return [device.name];
  }
}

function present(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
