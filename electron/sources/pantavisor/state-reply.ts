import { TrailbossError } from '../../../shared/contract/errors.ts';
import { clipRaw } from '../../net/raw.ts';

/** A state as it came from a device: its exact text. BAD_REPLY when it is no JSON object with the device's `#spec`. */
export function stateText(body: Uint8Array, from: string): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch (error) {
    throw noState(from, 'it is no text', body, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw noState(from, 'it is no JSON, or only a part of it', body, error);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw noState(from, 'it is JSON, but no object', body);
  if (!Object.hasOwn(value, '#spec')) throw noState(from, 'it has no “#spec”', body);
  return text;
}

function noState(from: string, detail: string, body: Uint8Array, cause?: unknown): TrailbossError {
  const raw = clipRaw(body);
  return new TrailbossError(
    'BAD_REPLY',
    {
      what: `${from} sent something that is no state: ${detail}.`,
      unchanged: 'Nothing was changed on the device.',
      next: 'Try again. If it stays, check that the address and port are a Pantavisor device’s.',
      ...(raw === undefined ? {} : { raw }),
    },
    { cause },
  );
}
