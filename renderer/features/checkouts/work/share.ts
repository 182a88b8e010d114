import { workStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { dataSize } from '../../../ui/dataSize.ts';
import type { WorkProgress } from './works.ts';

/** How much is done, 0 to 1; undefined where nobody knows how much there is. Bytes tell more than objects. */
export function shareOf(progress: WorkProgress | undefined): number | undefined {
  const { bytes, objects } = progress ?? {};
  if (bytes?.total !== undefined && bytes.total > 0) return Math.min(1, bytes.done / bytes.total);
  return objects === undefined || objects.total === 0 ? undefined : Math.min(1, objects.done / objects.total);
}

/** How far it is, in words: objects and bytes. */
export function farOf(progress: WorkProgress | undefined): string {
  const { objects, bytes } = progress ?? {};
  const size =
    bytes?.total === undefined ? dataSize(bytes?.done ?? 0) : strings.ofAll(dataSize(bytes.done), dataSize(bytes.total));
  return [
    ...(objects === undefined ? [] : [strings.objects(objects.done, objects.total)]),
    ...(bytes === undefined ? [] : [size]),
  ].join(' · ');
}
