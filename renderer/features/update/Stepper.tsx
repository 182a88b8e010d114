import { IconCheck, IconPlayerPause, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ProgressReport, UpdateView } from '../../../shared/contract/update.ts';
import { explain } from '../../../shared/progress/explain.ts';
import { useNow } from '../../stores/now.ts';
import { strings } from '../../strings/update.ts';
import { clockTime, duration } from './clock.ts';
import { distinctReports, downloadedIn } from './downloads.ts';
import { Silence } from './Silence.tsx';
import { type Step, stepsOf } from './steps.ts';
import { TransferProgress } from './TransferProgress.tsx';
import { UploadProgress } from './UploadProgress.tsx';
import classes from './update.module.css';

/** The stages of an update as they were reported, with when they began and how long they took. */
export function Stepper({ update }: { update: UpdateView }) {
  const now = useNow();
  return (
    <ol className={classes.steps} aria-label={strings.steps}>
      {stepsOf(update).map((step) => (
        <li
          key={step.id}
          className={`${classes.step} ${classes[step.state] ?? ''}`}
          aria-current={step.state === 'current' ? 'step' : undefined}
        >
          <Dot step={step} />
          <div className={classes.stepBody}>
            <div className={classes.stepHead}>
              <span className={classes.stepTitle}>{titleOf(step, update)}</span>
              {step.kind === 'reported' && titleOf(step, update) !== step.status && (
                <code className={classes.wire}>{step.status}</code>
              )}
              {step.kind === 'end' && step.report !== undefined && <code className={classes.wire}>{step.report.status}</code>}
              <span className={classes.spring} />
              {!isIdle(step, update) && <Times step={step} now={now} />}
            </div>
            <Notes step={step} update={update} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function titleOf(step: Step, update: UpdateView): string {
  switch (step.kind) {
    case 'reported':
      return step.status === 'NEW' && update.via === 'hub' ? strings.stepTitles.onHub : explain(step.status, '').title;
    case 'end':
      if (update.phase === 'cancelled') return strings.stepTitles.cancelled;
      return step.report === undefined ? strings.stepTitles.end : explain(step.report.status, step.report.message).title;
    case 'upload':
      return update.upload === undefined && step.state === 'done'
        ? strings.nothingToUpload[update.via]
        : strings.stepTitles.upload;
    case 'post':
    case 'order':
    case 'wait':
      return strings.stepTitles[step.kind];
  }
}

/** Nothing had to be uploaded: there is no time to tell. */
function isIdle(step: Step, update: UpdateView): boolean {
  return step.kind === 'upload' && step.state === 'done' && (update.upload === undefined || update.upload.objects === 0);
}

function Dot({ step }: { step: Step }) {
  return (
    <span className={classes.dot}>
      <span className={classes.srOnly}>{strings.stepStates[step.state]}: </span>
      {step.state === 'done' && <IconCheck size={12} stroke={2.5} aria-hidden />}
      {step.state === 'failed' && <IconX size={12} stroke={2.5} aria-hidden />}
      {step.state === 'paused' && <IconPlayerPause size={12} stroke={2.5} aria-hidden />}
    </span>
  );
}

function Times({ step, now }: { step: Step; now: number }) {
  if (step.at === undefined) return null;
  const running = step.state === 'current' && step.until === undefined;
  const span = step.until !== undefined ? step.until - step.at : running ? now - step.at : undefined;
  return (
    <span className={classes.times}>
      <span>{clockTime(step.at)}</span>
      <span className={classes.span}>{span === undefined ? '' : duration(span)}</span>
    </span>
  );
}

function Notes({ step, update }: { step: Step; update: UpdateView }): ReactNode {
  const silence = step.state === 'current' && update.phase === 'moving' ? <Silence update={update} /> : null;
  const downloaded = step.kind === 'reported' ? downloadedIn(step.reports) : undefined;
  const waits = step.kind === 'reported' && step.status === 'NEW' && step.state === 'current' && update.via === 'hub';
  switch (step.kind) {
    case 'upload':
      return update.upload === undefined ? null : (
        <UploadProgress upload={update.upload} via={update.via} running={step.state === 'current'} />
      );
    case 'reported':
      return (
        <>
          <ReportNotes reports={distinctReports(step.reports)} running={step.state === 'current'} />
          {downloaded !== undefined && (
            <TransferProgress
              label={strings.downloadBar}
              total={downloaded.total}
              done={downloaded.done}
              running={step.state === 'current'}
              took={step.state === 'current' ? undefined : downloaded.ms}
            />
          )}
          {waits && <p className={classes.note}>{strings.waitsOnHub}</p>}
          {silence}
        </>
      );
    case 'end':
      return step.report === undefined || step.report.message === titleOf(step, update) ? null : (
        <p className={classes.note}>{step.report.message}</p>
      );
    case 'post':
    case 'order':
    case 'wait':
      return silence;
  }
}

/** What the device said in this stage, in its own words; what the latest of them mean stands below while it lasts. */
function ReportNotes({ reports, running }: { reports: readonly ProgressReport[]; running: boolean }) {
  const last = reports.at(-1);
  const { meaning, known } = last === undefined ? { meaning: '', known: false } : explain(last.status, last.message);
  return (
    <>
      {reports.map((report) => (
        <p key={`${report.heardAt}-${report.message}`} className={classes.note}>
          {report.message}
          {reports.length > 1 && <span className={classes.noteTime}>{clockTime(report.heardAt)}</span>}
        </p>
      ))}
      {running && known && meaning !== '' && <p className={classes.note}>{meaning}</p>}
    </>
  );
}
