import { Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconPlayerPause, IconSend, IconTrash } from '@tabler/icons-react';
import type { Series } from '../../../shared/contract/series.ts';
import { strings } from '../../strings/series.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import type { Meaning } from '../../ui/meaning.ts';
import { SeriesProgress } from './SeriesProgress.tsx';
import classes from './series.module.css';
import { progressOf, summaryOf, whyNoPost } from './summary.ts';
import type { SeriesActs } from './useSeriesActs.ts';

const phaseMeaning: { readonly [Phase in Series['phase']]: Meaning } = {
  preparing: 'moving',
  ready: 'ok',
  running: 'moving',
  stopped: 'warning',
  ended: 'none',
};

interface SeriesHeaderProps {
  readonly series: Series;
  readonly acts: SeriesActs;
  readonly message: string;
  readonly onMessage: (message: string) => void;
  readonly onDiscard: () => void;
}

/** What goes to how many devices, what it will do there, how far it has come, and what can be done about it now. */
export function SeriesHeader({ series, acts, message, onMessage, onDiscard }: SeriesHeaderProps) {
  const { phase, items, title, stopped } = series;
  const open = items.filter(({ state }) => state === 'conflict' || state === 'problem');
  const reason = whyNoPost(items);
  const { done, failed, posting } = progressOf(items);
  const begun = done + failed + posting > 0;
  const running = phase === 'running';
  const post = () => acts.start(message);
  return (
    <header className={classes.header}>
      <div className={classes.titleLine}>
        <h1 className={classes.title}>{title}</h1>
        {phase === 'ready' && open.length > 0 ? (
          <MeaningBadge meaning="warning">{strings.waits}</MeaningBadge>
        ) : (
          <MeaningBadge meaning={phaseMeaning[phase]} plain={phase === 'ready'}>
            {strings.phases[phase]}
          </MeaningBadge>
        )}
        <span className={classes.spring} />
        <Button leftSection={<IconTrash size={14} aria-hidden />} disabled={acts.busy} onClick={onDiscard}>
          {phase === 'ended' ? strings.forget : strings.discard}
        </Button>
        {running ? (
          <Button
            variant="filled"
            leftSection={<IconPlayerPause size={14} aria-hidden />}
            title={strings.stopTitle}
            disabled={acts.busy}
            onClick={acts.stop}
          >
            {strings.stop}
          </Button>
        ) : (
          (phase !== 'ended' || reason === undefined) && (
            <GatedButton
              variant="filled"
              leftSection={<IconSend size={14} aria-hidden />}
              reason={reason}
              loading={acts.busy}
              onClick={post}
            >
              {begun || phase === 'stopped' ? strings.goOn : strings.post}
            </GatedButton>
          )
        )}
      </div>
      <p className={classes.summary} role="status">
        {summaryOf(items)}
      </p>
      {stopped !== undefined && !running && (
        <p className={classes.stopped} role="alert">
          <IconAlertTriangle size={16} aria-label={strings.stoppedTitle} /> <span>{stopped}</span>
        </p>
      )}
      {begun && <SeriesProgress items={items} />}
      <div className={classes.messageLine}>
        <Textarea
          className={classes.message ?? ''}
          label={strings.message}
          description={strings.messageHint}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={2000}
          value={message}
          disabled={running || phase === 'ended'}
          onChange={(event) => onMessage(event.currentTarget.value)}
        />
        {open.length > 0 && !running && (
          <Button title={strings.leaveOpenOutTitle} onClick={() => acts.leaveOut(open, true)}>
            {strings.leaveOpenOut(open.length)}
          </Button>
        )}
      </div>
    </header>
  );
}
