import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from 'wouter';
import type { UpdateView, VerdictLine } from '../../../shared/contract/update.ts';
import { explain } from '../../../shared/progress/explain.ts';
import { isGivenUp } from '../../../shared/progress/given-up.ts';
import { parseLogs } from '../../../shared/progress/logs.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { statementName } from '../../strings/fidelity.ts';
import { strings } from '../../strings/update.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { MeaningBadge, toneClass } from '../../ui/MeaningBadge.tsx';
import { type Meaning, meanings } from '../../ui/meaning.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { duration } from './clock.ts';
import classes from './update.module.css';

type Ended = NonNullable<UpdateView['outcome']>;

const resultMeaning: { readonly [Result in Ended['result']]: Meaning } = {
  done: 'checkpoint',
  updated: 'stable',
  failed: 'error',
  refused: 'refused',
  rebooted: 'ok',
  unknown: 'silent',
};

/** How it ended: in a sentence, why, what the device did, and the forecast held against what happened. */
export function Outcome({ update }: { update: UpdateView }) {
  const { outcome } = update;
  if (outcome === undefined) return null;
  const cancelled = wasCancelled(update);
  const { icon: Icon, tone } = meanings[cancelled ? 'none' : resultMeaning[outcome.result]];
  const bad = !cancelled && (outcome.result === 'failed' || outcome.result === 'refused');
  return (
    <section className={`${classes.outcome} ${toneClass(tone)}`} aria-labelledby="update-outcome">
      <h2 id="update-outcome" className={classes.outcomeTitle}>
        <Icon size={22} aria-hidden />
        {titleOf(update, outcome)}
      </h2>
      <div className={classes.outcomeBody}>
        <div className={classes.outcomeText}>
          {(bad || cancelled) && <Why update={update} />}
          <WhatTheDeviceDid outcome={outcome} update={update} />
          {update.endedAt !== undefined && (
            <p className={classes.dim}>{strings.took(duration(update.endedAt - update.startedAt))}</p>
          )}
          <NextActions update={update} bad={bad} />
        </div>
        {/* What a person took back says nothing about the forecast. */}
        {!cancelled && !wasGivenUp(update) && <Verdict update={update} verdict={outcome.verdict} />}
      </div>
      {bad && <DeviceLog update={update} />}
    </section>
  );
}

/** Taken back on the hub before the device began it. */
function wasCancelled({ reports }: UpdateView): boolean {
  const last = reports.at(-1);
  return last !== undefined && explain(last.status, '').outcome === 'cancelled';
}

/** Marked as WONTGO on the hub by a person, not by the device (hub: trails/put-trail-rev-cancel.go). */
function wasGivenUp({ reports }: UpdateView): boolean {
  const last = reports.at(-1);
  return last !== undefined && isGivenUp(last.status, last.message);
}

function titleOf(update: UpdateView, outcome: Ended): string {
  const { revision } = update;
  if (wasCancelled(update)) return strings.cancelledOnHub(revision);
  if (wasGivenUp(update)) return strings.givenUp(revision);
  if (outcome.result === 'unknown' && outcome.runningNow === revision) return strings.runsUntold(revision);
  if (outcome.result === 'rebooted' && update.reports.at(-1)?.status === 'DONE') return strings.rebootedInto(revision);
  return strings.results[outcome.result](revision);
}

function Why({ update }: { update: UpdateView }) {
  const last = update.reports.findLast((report) => explain(report.status, report.message).final);
  if (last === undefined) return null;
  const { title, meaning, known } = explain(last.status, last.message);
  return (
    <p>
      <strong>{title}.</strong> {meaning}
      {known && title !== last.message && last.message !== '' && <span className={classes.quote}> “{last.message}”</span>}
    </p>
  );
}

function WhatTheDeviceDid({ outcome, update }: { outcome: Ended; update: UpdateView }) {
  const { rolledBackTo, runningNow, lost } = outcome;
  const stayed = outcome.result === 'refused' && runningNow !== undefined;
  const elsewhere = runningNow !== undefined && runningNow !== update.revision && runningNow !== rolledBackTo && !stayed;
  return (
    <>
      {rolledBackTo !== undefined && <p>{strings.rolledBack(rolledBackTo)}</p>}
      {stayed && <p>{strings.stayed(runningNow)}</p>}
      {elsewhere && <p>{strings.runsNow(runningNow)}</p>}
      {lost.length > 0 && <p>{strings.lost(lost)}</p>}
    </>
  );
}

function NextActions({ update, bad }: { update: UpdateView; bad: boolean }) {
  const [, navigate] = useLocation();
  const draft = useMutation(
    orpc.draft.create.mutationOptions({ onSuccess: (created) => navigate(paths.draft(update.deviceId, created.id)) }),
  );
  return (
    <>
      <div className={classes.actions}>
        {bad && update.kind !== 'reboot' && (
          <>
            <Button component={Link} href={paths.compare(update.deviceId, 'current', update.revision)}>
              {strings.compareFailed}
            </Button>
            <Button
              loading={draft.isPending}
              onClick={() => draft.mutate({ deviceId: update.deviceId, revision: update.revision })}
            >
              {strings.draftFrom}
            </Button>
          </>
        )}
        <Button component={Link} href={paths.device(update.deviceId)}>
          {strings.timeline}
        </Button>
      </div>
      {draft.error !== null && <ProblemPanel problem={problemOf(draft.error)} />}
    </>
  );
}

const agreement: { readonly [Agrees in VerdictLine['agrees']]: Meaning } = { yes: 'ok', no: 'error', 'not-observed': 'none' };

function Verdict({ update, verdict }: { update: UpdateView; verdict: readonly VerdictLine[] }) {
  if (verdict.length === 0)
    return update.kind === 'reboot' ? null : (
      <p className={classes.dim}>{update.forecast === undefined ? strings.noForecast : ''}</p>
    );
  const differing = verdict.filter((line) => line.agrees === 'no').length;
  return (
    <div className={classes.verdict}>
      <h3 className={classes.panelTitle}>{strings.forecastTitle}</h3>
      <table className={classes.table} aria-label={strings.forecastCaption}>
        <thead>
          <tr>
            <th scope="col">{strings.what}</th>
            <th scope="col">{strings.forecast}</th>
            <th scope="col">{strings.actual}</th>
            <th scope="col">
              <span className={classes.srOnly}>{strings.forecastTitle}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {verdict.map((line) => (
            <tr key={line.what}>
              <th scope="row">{statementName(line.what)}</th>
              <td>{inWords(line.forecast)}</td>
              <td>{inWords(line.actual)}</td>
              <td>
                <MeaningBadge meaning={agreement[line.agrees]}>{strings.agrees[line.agrees]}</MeaningBadge>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {differing > 0 && <p className={classes.differs}>{strings.someDiffer(differing)}</p>}
      <Link href={paths.fidelity(update.id)}>{strings.fidelity}</Link>
    </div>
  );
}

/** The verdict has the protocol's word for it; the screens say "no reboot". */
function inWords(value: string): string {
  return value === 'non-reboot' ? strings.noReboot : value;
}

function DeviceLog({ update }: { update: UpdateView }) {
  const text = update.reports.findLast((report) => report.logs !== undefined)?.logs;
  const lines = text === undefined ? [] : parseLogs(text);
  if (text === undefined || lines.length === 0) return null;
  return (
    <div className={classes.log}>
      <h3 className={classes.panelTitle}>
        {strings.log}
        <CopyButton text={text} label={strings.copyLog} />
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={classes.logLines} tabIndex={0} aria-label={strings.log}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a log's lines never move, and equal ones are frequent
          <div key={index}>
            <span className={classes.logSource}>
              {[line.level, line.platform === undefined ? line.source : `${line.platform}/${line.source ?? ''}`]
                .filter((part) => part !== undefined)
                .join(' ')}
            </span>{' '}
            {line.text}
          </div>
        ))}
      </section>
    </div>
  );
}
