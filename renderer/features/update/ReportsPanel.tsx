import type { ProgressReport } from '../../../shared/contract/update.ts';
import { explain } from '../../../shared/progress/explain.ts';
import { strings } from '../../strings/update.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { clockTime } from './clock.ts';
import { distinctReports } from './downloads.ts';
import classes from './update.module.css';

/** Every report as it was heard, in the device's own words. */
export function ReportsPanel({ reports }: { reports: readonly ProgressReport[] }) {
  return (
    <section className={classes.panel} aria-labelledby="update-reports">
      <h2 id="update-reports" className={classes.panelTitle}>
        {strings.reports}
      </h2>
      {reports.length === 0 ? (
        <p className={classes.empty}>{strings.noReports}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{strings.at}</th>
              <th scope="col">{strings.status}</th>
              <th scope="col">{strings.message}</th>
            </tr>
          </thead>
          <tbody>
            {distinctReports(reports).map((report) => (
              <tr key={`${report.heardAt}-${report.status}-${report.message}`}>
                <td className={classes.time}>{clockTime(report.heardAt)}</td>
                <td>
                  <StatusBadge status={report.status} still />
                </td>
                <td className={classes.verbatim}>
                  {report.message}
                  {report.downloads !== undefined && (
                    <span className={classes.bytes}>
                      {strings.downloaded(dataSize(report.downloads.done), dataSize(report.downloads.total))}
                    </span>
                  )}
                  <Meaning report={report} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What the device's words mean, where they are known. */
function Meaning({ report }: { report: ProgressReport }) {
  const { meaning, known } = explain(report.status, report.message);
  return known && meaning !== '' && meaning !== report.message ? <p className={classes.dim}>{meaning}</p> : null;
}
