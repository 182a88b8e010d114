import { readLenient, textBehind } from '../lenient/document.ts';
import type { DeviceModel } from './model.ts';
import { readMultiPlatform } from './multi-platform.ts';
import { readServiceSystem } from './service-system.ts';
import { DaemonCrash, Refusal } from './verdicts.ts';

const MOST_REASON_CHARACTERS = 400;
const MOST_SPEC_CHARACTERS = 60;

/** What the device's parser does with a state. `crash`: its daemon dies of it, which is worse than a refusal. */
export type DeviceReading =
  | { readonly kind: 'accepted'; readonly model: DeviceModel }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'crash'; readonly reason: string };

/**
 * Reads a state as the device does: leniently, and with its consequences. Never throws.
 * Not covered, because the device checks it elsewhere: signatures, presence and checksum of objects, required services.
 *
 * Source: pantavisor parser/parser.c, pv_parser_get_state, in embedded init mode with u-boot and the shipped groups.
 */
export function readDeviceModel(text: string): DeviceReading {
  try {
    return { kind: 'accepted', model: read(text) };
  } catch (stop) {
    if (stop instanceof Refusal) return { kind: 'refused', reason: shortened(stop.message) };
    if (stop instanceof DaemonCrash) return { kind: 'crash', reason: shortened(stop.message) };
    throw stop;
  }
}

function read(text: string): DeviceModel {
  const document = readLenient(text);
  if (document.failure !== undefined) throw new Refusal(`the state is not readable as JSON: ${document.failure}`);
  const spec = textBehind(document, '#spec');
  switch (spec) {
    case 'pantavisor-service-system@1':
      return readServiceSystem(document, spec);
    case 'pantavisor-multi-platform@1':
      return readMultiPlatform(document, spec);
    case undefined:
      throw new Refusal('the state has no #spec');
    default:
      // An unknown specification is taken for compatible, and looked up behind the end of the list of parsers.
      throw new DaemonCrash(
        `the first #spec in the text is "${spec.slice(0, MOST_SPEC_CHARACTERS)}", which the device does not know. It takes the first one anywhere in the text: #spec must come before all other entries`,
      );
  }
}

/** Reasons quote from the state, which can hold anything. */
function shortened(reason: string): string {
  return reason.length > MOST_REASON_CHARACTERS ? `${reason.slice(0, MOST_REASON_CHARACTERS)}…` : reason;
}
