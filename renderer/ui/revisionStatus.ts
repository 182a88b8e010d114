import type { Meaning } from './meaning.ts';

const byStatus: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['NEW', 'moving'],
  ['SYNCING', 'moving'],
  ['QUEUED', 'moving'],
  ['DOWNLOADING', 'moving'],
  ['INPROGRESS', 'moving'],
  ['TESTING', 'testing'],
  ['UPDATED', 'stable'],
  ['DONE', 'checkpoint'],
  ['WONTGO', 'refused'],
  ['ERROR', 'error'],
  ['CANCEL', 'none'],
  ['CANCELLED', 'none'],
  ['CANCELED', 'none'],
]);

/** What a revision's status stands for (protocols: pantavisor's progress statuses); an unknown one is shown as it is. */
export function meaningOfStatus(status: string): Meaning {
  return byStatus.get(status.toUpperCase()) ?? 'none';
}
