import { utf8ToBytes } from '@noble/hashes/utils.js';
import { parseState, type StateDocument } from '../state/state.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Base64url without padding, for tests. */
export function base64Url(text: string): string {
  let encoded = '';
  let held = 0;
  let bits = 0;
  for (const byte of utf8ToBytes(text)) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      encoded += alphabet.charAt((held >> bits) & 63);
    }
  }
  return bits === 0 ? encoded : encoded + alphabet.charAt((held << (6 - bits)) & 63);
}

/** A signature's entry with these patterns and a signature that holds nowhere: what it covers can be read, and no more. */
export function unsignedPvs(include: readonly string[], exclude: readonly string[], header: object = {}): string {
  const text = JSON.stringify({ alg: 'ES256', pvs: { include, exclude }, typ: 'PVS', ...header });
  return `{"#spec":"pvs@2","protected":"${base64Url(text)}","signature":"AAAA"}`;
}

/** A state with these entries' raw values, in this order. */
export function stateWith(entries: Readonly<Record<string, string>>): StateDocument {
  const members = Object.entries({ '#spec': '"pantavisor-service-system@1"', ...entries });
  const parsed = parseState(`{${members.map(([key, raw]) => `${JSON.stringify(key)}:${raw}`).join(',')}}`);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.state;
}
