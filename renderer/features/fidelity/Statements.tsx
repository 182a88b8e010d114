import type { FidelityOverview } from '../../../shared/contract/fidelity.ts';
import { statementName, strings } from '../../strings/fidelity.ts';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import classes from './fidelity.module.css';
import { share } from './filtered.ts';

/** How often the forecasts were right, as a whole and statement by statement. */
export function Statements({ overview: { updates, counts } }: { overview: FidelityOverview }) {
  const { right, wrong, unobserved } = updates;
  return (
    <div className={classes.summary}>
      <p className={classes.sentence}>
        {strings.summary(right, right + wrong)}{' '}
        {unobserved > 0 && <span className={classes.dim}>{strings.unobserved(unobserved)}</span>}
      </p>
      {counts.length > 0 && (
        <table className={classes.table} aria-label={strings.statements}>
          <thead>
            <tr>
              <th scope="col">{strings.statement}</th>
              <th scope="col" className={classes.number}>
                {strings.right}
              </th>
              <th scope="col" className={classes.number}>
                {strings.wrong}
              </th>
              <th scope="col" className={classes.number}>
                {strings.notSeen}
              </th>
              <th scope="col">{strings.share}</th>
            </tr>
          </thead>
          <tbody>
            {counts.map((count) => (
              <tr key={count.what}>
                <th scope="row">{statementName(count.what)}</th>
                <td className={classes.number}>{count.right.toLocaleString('en')}</td>
                <td className={classes.number}>{count.wrong.toLocaleString('en')}</td>
                <td className={classes.number}>{count.unobserved.toLocaleString('en')}</td>
                <td>
                  <MeaningBadge meaning={count.wrong > 0 ? 'error' : count.right > 0 ? 'ok' : 'none'} plain>
                    {share(count) ?? strings.notSeen}
                  </MeaningBadge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
