import { z } from 'zod';

/** The statuses that some release of the device or the hub is known to send (hub.md §8, pantavisor.md §3). */
export const knownStatuses = [
  'NEW',
  'QUEUED',
  'DOWNLOADING',
  'INPROGRESS',
  'TESTING',
  'UPDATED',
  'DONE',
  'WONTGO',
  'ERROR',
  'CANCEL',
  'CANCELLED',
  'CANCELED',
  'SYNCING',
] as const;
export type KnownStatus = (typeof knownStatuses)[number];

/** `other`: a status that Trailboss does not know, shown verbatim. `missing`: the device sent none (`{}`). */
export type StatusName = KnownStatus | 'other' | 'missing';

export function statusName(status: string): StatusName {
  if (status === '') return 'missing';
  return knownStatuses.find((known) => known === status) ?? 'other';
}

const Text = z.string().catch('');
const Count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);

const Total = z.object({ total_size: Count, total_downloaded: Count }).optional().catch(undefined);
const Downloads = z.object({ total: Total }).optional().catch(undefined);

/**
 * A revision's progress as a device or the hub sends it: any key may be missing (`{}` for a long one in a listing), numbers may be
 * texts, the device says `logs` and the hub `log`. `progress` is left out because its number means nothing.
 * `status` is verbatim, '' when there was none; `downloads` are bytes, only while some are known.
 */
export const Progress = z
  .object({
    status: Text,
    'status-msg': Text,
    retries: Count,
    downloads: Downloads,
    logs: z.string().optional().catch(undefined),
    log: z.string().optional().catch(undefined),
  })
  .transform((sent) => {
    const total = sent.downloads?.total?.total_size;
    const logs = sent.logs ?? sent.log;
    return {
      status: sent.status,
      message: sent['status-msg'],
      ...(sent.retries === undefined ? {} : { retries: sent.retries }),
      ...(total === undefined || total === 0 ? {} : { downloads: { total, done: sent.downloads?.total?.total_downloaded ?? 0 } }),
      ...(logs === undefined || logs === '' ? {} : { logs }),
    };
  });
export type Progress = z.infer<typeof Progress>;

/** A report and when Trailboss heard it, in milliseconds since 1970 by one clock. */
export type HeardReport = Progress & { readonly heardAt: number };
