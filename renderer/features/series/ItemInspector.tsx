import { Button, Group } from '@mantine/core';
import { Link } from 'wouter';
import type { SeriesItem } from '../../../shared/contract/series.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/series.ts';
import { ForecastSentence } from '../../ui/ForecastSentence.tsx';
import { Inspector } from '../../ui/Inspector.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './series.module.css';
import { type RowActs, StateBadge } from './seriesColumns.tsx';
import { spoken } from './shortForecast.ts';
import { canLeaveOut, canPrepare } from './useSeriesActs.ts';

interface ItemInspectorProps {
  readonly item: SeriesItem;
  readonly acts: RowActs;
  readonly onClose: () => void;
}

/** Everything about one device of a series: what changes there, what that does, and what can be done about it. */
export function ItemInspector({ item, acts, onClose }: ItemInspectorProps) {
  const { deviceId, deviceName, state, draftId, keys, absent, forecast, problem, updateId } = item;
  const hasDraft = draftId !== undefined && state === 'ready';
  return (
    <Inspector label={strings.inspector} title={deviceName} closeLabel={strings.closeInspector} onClose={onClose}>
      <div className={classes.details}>
        <p className={classes.stateLine}>
          <StateBadge item={item} /> <span className={classes.dim}>{strings.stateTitles[state]}</span>
        </p>
        {forecast !== undefined && state !== 'unchanged' && <ForecastSentence forecast={spoken(forecast, keys)} small />}
        {problem !== undefined && <ProblemPanel problem={problem} />}
        {problem !== undefined && state === 'posting' && <p className={classes.dim}>{strings.goesOn}</p>}
        {absent.length > 0 && <p className={classes.dim}>{strings.absentText(absent)}</p>}
        {keys.length > 0 && (
          <section>
            <h3 className={classes.heading}>{strings.changedEntries(keys.length)}</h3>
            <ul className={classes.keys}>
              {keys.slice(0, shownKeys).map((key) => (
                <li key={key}>
                  <code title={key}>{key}</code>
                </li>
              ))}
              {keys.length > shownKeys && <li className={classes.dim}>{`+${keys.length - shownKeys}`}</li>}
            </ul>
          </section>
        )}
        <Group gap="xs">
          {state === 'conflict' && (
            <Button variant="filled" onClick={() => acts.choose(item)}>
              {strings.choose}
            </Button>
          )}
          {hasDraft && (
            <>
              <Button component={Link} href={paths.draft(deviceId, draftId)}>
                {strings.openDraft}
              </Button>
              <Button component={Link} href={paths.compare(deviceId, 'current', `draft:${draftId}`)}>
                {strings.compare}
              </Button>
            </>
          )}
          {updateId !== undefined && (
            <Button component={Link} href={paths.update(deviceId, updateId)}>
              {strings.watch}
            </Button>
          )}
          {canPrepare(item) && <Button onClick={() => acts.prepare(item)}>{strings.prepare}</Button>}
          {canLeaveOut(item) && (
            <Button onClick={() => acts.leaveOut(item, state !== 'left-out')}>
              {state === 'left-out' ? strings.takeIn : strings.leaveOut}
            </Button>
          )}
          <Button component={Link} href={paths.device(deviceId)}>
            {strings.toDevice}
          </Button>
        </Group>
      </div>
    </Inspector>
  );
}

/** So many changed entries are named here; the draft has them all. */
const shownKeys = 50;
