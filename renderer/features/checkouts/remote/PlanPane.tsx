import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { CheckoutView, PartsPlan } from '../../../../shared/contract/checkout.ts';
import { parseState } from '../../../../shared/state/state.ts';
import { problemOf } from '../../../rpc.ts';
import { remoteStrings as strings } from '../../../strings/checkoutTabs.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import type { ChangeWalk } from '../../../ui/monaco/changeWalk.ts';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { EntryList } from '../../compare/EntryList.tsx';
import { EntryPane } from '../../compare/EntryPane.tsx';
import { comparedGroups, compareRows, everyEntry, resolved } from '../../compare/entries.ts';
import { ForecastBar } from '../../compare/forecast/ForecastBar.tsx';
import { useForecast } from '../../compare/forecast/useForecast.ts';
import { whyNoWrite } from '../reasons.ts';
import { WorkPanel } from '../work/WorkPanel.tsx';
import classes from './remote.module.css';
import type { TakeParts } from './useTakeParts.ts';

/** What taking the parts would make of the commit, before anything is fetched, and the button that does it. */
export function PlanPane({ view, take }: { view: CheckoutView; take: TakeParts }) {
  const { plan, error, planning, own } = take;
  if (error !== null) {
    return (
      <div className={classes.note}>
        <ProblemPanel problem={problemOf(error)} />
      </div>
    );
  }
  if (plan === undefined) {
    return (
      <div className={classes.note}>
        {planning ? <p role="status">{strings.planning}</p> : own.work === undefined && <p>{strings.emptyHint}</p>}
        <WorkPanel own={own} />
        {own.work?.state === 'done' && (
          <p role="status">
            <IconCheck size={14} aria-hidden /> {own.work.done?.text}
          </p>
        )}
      </div>
    );
  }
  return <Plan view={view} plan={plan} take={take} />;
}

function Plan({ view, plan, take }: { view: CheckoutView; plan: PartsPlan; take: TakeParts }) {
  const forecast = useForecast(plan.before, plan.after);
  const made = useMemo(() => {
    const before = parseState(plan.before);
    const after = parseState(plan.after);
    if (!before.ok) return before.reason;
    return after.ok ? comparedGroups(before.state, after.state, forecast.forecast) : after.reason;
  }, [plan, forecast.forecast]);
  const groups = typeof made === 'string' ? [] : made;
  const [filter, setFilter] = useState(everyEntry);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useState<string>();
  const rows = useMemo(() => compareRows(groups, closed, filter), [groups, closed, filter]);
  const entry = groups.flatMap(({ entries }) => entries).find(({ key }) => key === selected);
  const searchBox = useRef<HTMLInputElement>(null);
  const walk = useRef<ChangeWalk>(undefined);
  const here = { kind: 'checkout', id: view.id } as const;
  return (
    <>
      {typeof made === 'string' ? (
        <p className={classes.note}>{strings.unreadable(made)}</p>
      ) : groups.length === 0 ? (
        <p className={classes.note}>{strings.nothing}</p>
      ) : (
        <ForecastBar view={forecast} onEntry={(key) => setSelected(resolved(key))} />
      )}
      <Remarks plan={plan} />
      <div className={classes.go}>
        <WorkPanel own={take.own} />
        <div className={classes.buttons}>
          <span className={classes.small}>{strings.objects(plan.objects)}</span>
          <GatedButton
            variant="filled"
            reason={whyNoWrite(view) ?? (groups.length === 0 && typeof made !== 'string' ? strings.nothing : undefined)}
            loading={take.own.running}
            onClick={take.take}
          >
            {strings.take[take.mode]}
          </GatedButton>
        </div>
      </div>
      {groups.length > 0 && (
        <div className={classes.comparison}>
          <SplitPane
            name="checkout-plan"
            label={strings.listWidth}
            fixed="first"
            defaultWidth={300}
            first={
              <EntryList
                groups={groups}
                rows={rows}
                filter={filter}
                onFilter={setFilter}
                onHideFormatting={() => setFilter((now) => ({ ...now, hideFormatting: !now.hideFormatting }))}
                selected={selected}
                onSelect={setSelected}
                onToggle={(id, open) =>
                  setClosed((now) => (open ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])))
                }
                onToggleAll={(open) => setClosed(new Set(open ? [] : groups.map(({ part }) => `/${part.id}`)))}
                searchBox={searchBox}
              />
            }
            second={
              entry === undefined ? undefined : (
                <EntryPane
                  entry={entry}
                  left={{ objects: here, label: strings.before }}
                  right={{ objects: { kind: 'none' }, label: strings.after }}
                  startAt="first"
                  onWalk={(next) => {
                    walk.current = next;
                  }}
                  onStep={(by) => walk.current?.step(by)}
                />
              )
            }
          />
        </div>
      )}
    </>
  );
}

function Remarks({ plan }: { plan: PartsPlan }) {
  if (plan.remarks.length === 0 && plan.overwrites.length === 0) return null;
  return (
    <div className={classes.remarks} role="note">
      <IconAlertTriangle size={16} aria-label={strings.remarks} />
      <ul>
        {plan.remarks.map((remark) => (
          <li key={remark}>{remark}</li>
        ))}
        {plan.overwrites.length > 0 && (
          <li title={plan.overwrites.join('\n')}>
            {strings.overwrites(plan.overwrites.length)} <code>{plan.overwrites.slice(0, 3).join(', ')}</code>
          </li>
        )}
      </ul>
    </div>
  );
}
