import { readLenient } from '../lenient/document.ts';
import { failuresOfManifests } from './service-system.ts';
import { DaemonCrash, Refusal } from './verdicts.ts';

export interface RefusedManifest {
  readonly key: string;
  readonly kind: 'refused' | 'crash';
  readonly reason: string;
}

/**
 * Every run.json of a state that the device's parser would stop at, in the order of the text: the device itself stops at the first.
 * None where it does not come so far. Never throws.
 */
export function refusedManifests(text: string): readonly RefusedManifest[] {
  const document = readLenient(text);
  if (document.failure !== undefined) return [];
  return failuresOfManifests(document).flatMap(({ key, stop }): readonly RefusedManifest[] => {
    if (stop instanceof Refusal) return [{ key, kind: 'refused', reason: stop.message }];
    if (stop instanceof DaemonCrash) return [{ key, kind: 'crash', reason: stop.message }];
    throw stop;
  });
}
