// biome-ignore-all lint/a11y/useSemanticElements: the cells of a virtual grid are placed one by one, which table elements don't do
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active cell
import type { VirtualItem } from '@tanstack/react-virtual';
import { strings } from '../../strings/policies.ts';
import { columnWidth, headHeight, nameWidth } from './gridSizes.ts';
import classes from './policies.module.css';
import type { PolicyColumn } from './policyTable.ts';

interface GridHeadProps {
  readonly columns: readonly PolicyColumn[];
  readonly items: readonly VirtualItem[];
  readonly onColumn: (column: number, adding: boolean) => void;
  readonly onAll: () => void;
}

/** The containers, each with how many devices have it under which policy. A click chooses the whole column. */
export function GridHead({ columns, items, onColumn, onAll }: GridHeadProps) {
  return (
    <div role="row" aria-rowindex={1} className={classes.head} style={{ height: headHeight }}>
      <div role="columnheader" aria-colindex={1} className={classes.corner} style={{ width: nameWidth }}>
        <button type="button" tabIndex={-1} className={classes.headButton} title={strings.chooseAll} onClick={onAll}>
          {strings.device}
        </button>
      </div>
      {items.map(({ index, start }) => {
        const column = columns[index];
        if (column === undefined) return null;
        const { container, system, devices } = column;
        const tally = strings.tally(system, devices - system);
        return (
          <div
            key={container}
            role="columnheader"
            aria-colindex={index + 2}
            className={classes.headCell}
            style={{ left: nameWidth + start, width: columnWidth }}
          >
            <button
              type="button"
              tabIndex={-1}
              className={classes.headButton}
              title={strings.chooseColumn(container)}
              onClick={(event) => onColumn(index, event.ctrlKey || event.metaKey)}
            >
              <span className={classes.container}>{container}</span>
              <span className={classes.tally} title={tally}>
                {tally}
              </span>
            </button>
          </div>
        );
      })}
    </div>
  );
}
