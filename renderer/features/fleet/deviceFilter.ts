import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { conditionWords } from '../../ui/conditionWords.ts';

/** Whether every word of the filter is somewhere in what the row shows. */
export function matchesFilter(device: DeviceSummary, filter: string): boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const haystack = [
    device.name,
    device.connection?.host,
    device.hub?.account,
    device.board,
    device.running?.revision,
    device.running?.message,
    conditionWords[device.condition].word,
  ]
    .filter((text) => text !== undefined)
    .join('\n')
    .toLowerCase();
  return words.every((word) => haystack.includes(word));
}
