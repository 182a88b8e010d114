import type { ProgressReport } from '../../../shared/contract/update.ts';

/** What the device fetched, as it reported in bytes; `ms` is from the first report to the last. */
export interface Downloaded {
  readonly total: number;
  readonly done: number;
  readonly ms: number;
}

/** The bytes of one stage. The device sends them only while it downloads, so the last ones that it told are kept. */
export function downloadedIn(reports: readonly ProgressReport[]): Downloaded | undefined {
  const told = reports.filter(({ downloads }) => downloads !== undefined);
  const first = told[0];
  const last = told.at(-1);
  if (first === undefined || last?.downloads === undefined) return undefined;
  return { ...last.downloads, ms: last.heardAt - first.heardAt };
}

/** Reports that say the same in the same words, as one: when it was first heard, with the bytes that were told last. */
export function distinctReports(reports: readonly ProgressReport[]): readonly ProgressReport[] {
  const distinct: ProgressReport[] = [];
  for (const report of reports) {
    const last = distinct.at(-1);
    if (last === undefined || last.status !== report.status || last.message !== report.message) distinct.push(report);
    else distinct[distinct.length - 1] = { ...last, ...report, heardAt: last.heardAt };
  }
  return distinct;
}
