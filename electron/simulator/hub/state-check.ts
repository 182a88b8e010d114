/** Whether the hub takes a state (hub: trails/trails-api.go, GetStateObjects). */
import type { Call } from './call.ts';
import type { Hub } from './hub.ts';
import type { JsonMap } from './json-text.ts';
import { QuotaExceeded } from './object-records.ts';
import { refuse } from './reply.ts';

const SPECS: ReadonlySet<unknown> = new Set([
  'pantavisor-multi-platform@1',
  'pantavisor-service-embed@1',
  'pantavisor-service-system@1',
]);

/**
 * Throws the opaque 500 where the spec is unknown, an entry is no text, or an object is neither the owner's nor public. Every
 * object's record is written again on the way, linked ones for the first time. An empty state is taken as it is.
 */
export function acceptState(hub: Hub, owner: string, state: JsonMap, call: Call): void {
  const entries = Object.entries(state);
  if (entries.length === 0) return;
  if (!SPECS.has(state['#spec'])) throw refuse(500, 'state_object: Invalid state: #spec');
  const autolink = call.query.get('autolink') !== 'no';
  hub.database.transaction(() => {
    for (const [key, sha] of entries) {
      if (key.endsWith('.json') || key === '#spec') continue;
      if (typeof sha !== 'string') throw refuse(500, 'state_object: Object is not a string');
      const object = hub.objects.withFileOrLink(owner, sha, autolink);
      if (!object) throw refuse(500, 'No backing file nor link');
      try {
        hub.objects.save(object);
      } catch (error) {
        if (error instanceof QuotaExceeded) throw refuse(500, 'Error saving object: quota');
        throw error;
      }
    }
  });
}
