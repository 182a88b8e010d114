import type { SeriesItem } from '../../../shared/contract/series.ts';
import { strings } from '../../strings/series.ts';
import classes from './series.module.css';
import { progressOf } from './summary.ts';

/** How many devices run the change, with a bar whose pieces stand in proportion. */
export function SeriesProgress({ items }: { items: readonly SeriesItem[] }) {
  const { done, failed, posting, all } = progressOf(items);
  const text = [strings.progress(done, all), ...(failed > 0 ? [strings.progressFailed(failed)] : [])].join(', ');
  const pieces = [
    { name: 'done', count: done },
    { name: 'failed', count: failed },
    { name: 'posting', count: posting },
    { name: 'left', count: Math.max(0, all - done - failed - posting) },
  ];
  return (
    <div className={classes.progress}>
      <div
        className={classes.bar}
        role="progressbar"
        aria-label={strings.progressLabel}
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={all}
        aria-valuetext={text}
      >
        {pieces
          .filter(({ count }) => count > 0)
          .map(({ name, count }) => (
            <span key={name} className={classes[name]} style={{ flexGrow: count }} />
          ))}
      </div>
      <span className={classes.dim}>{text}</span>
    </div>
  );
}
