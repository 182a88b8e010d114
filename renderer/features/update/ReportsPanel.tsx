import type { ProgressReport } from '../../../shared/contract/update.ts';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import { clockTime } from './clock.ts';
import { strings } from './strings.ts';
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
            {reports.map((report) => (
              <tr key={`${report.heardAt}-${report.status}-${report.message}`}>
                <td className={classes.time}>{clockTime(report.heardAt)}</td>
                <td>
                  <StatusBadge status={report.status} />
                </td>
                <td className={classes.verbatim}>{report.message}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
