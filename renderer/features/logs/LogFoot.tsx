import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconClock, IconCopy, IconEraser, IconPlayerPause, IconPlayerPlay, IconTextWrap } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { strings } from '../../strings/logs.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { GatedIcon } from '../../ui/GatedButton.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { mostLines } from './logBuffer.ts';
import type { FeedState, LogFeed } from './logFeed.ts';
import { timeModes, useLogPrefs } from './logPrefs.ts';
import classes from './logs.module.css';
import type { Saving } from './useSaving.ts';

interface LogFootProps {
  readonly feed: LogFeed;
  readonly state: FeedState;
  readonly following: boolean;
  readonly onFollow: (following: boolean) => void;
  readonly onClear: () => void;
  readonly onCopy: () => void;
  /** The one file whose older lines can be read; undefined while several are shown. */
  readonly olderFile: string | undefined;
  readonly isSsh: boolean;
  readonly narrowed: boolean;
  readonly saving: Saving;
  readonly save: ReactNode;
}

/** What is going on below the lines: live or not, how many there are, older ones; and how they are shown, copied and saved. */
export function LogFoot(props: LogFootProps) {
  const { feed, state, following, onFollow, onClear, onCopy, saving, save } = props;
  const { buffer } = feed;
  const prefs = useLogPrefs();
  const shown = buffer.view.length;
  const none = shown === 0 ? strings.emptyFiltered : undefined;
  return (
    <div className={classes.foot}>
      <FeedWords state={state} following={following} />
      <span className={classes.count}>
        {shown === buffer.length ? strings.lines(shown) : strings.linesOf(shown, buffer.length)}
      </span>
      {buffer.isScanning && <span className={classes.dim}>{strings.scanning}</span>}
      <OlderLines {...props} />
      {buffer.letGo > 0 && <span className={classes.dim}>{strings.letGo(buffer.letGo, mostLines)}</span>}
      <span className={classes.spring} />
      {saving.progress !== undefined && <SavingWords saving={saving} />}
      {saving.problem !== undefined && (
        <span className={classes.failed} role="alert" title={saving.problem.next}>
          {strings.notSaved}: {saving.problem.what}
        </span>
      )}
      <Menu position="top-end">
        <Menu.Target>
          <Button size="compact-xs" title={strings.times} leftSection={<IconClock size={12} aria-hidden />}>
            {strings.timeShort[prefs.time]}
          </Button>
        </Menu.Target>
        <Menu.Dropdown aria-label={strings.times}>
          <Menu.Label>{strings.times}</Menu.Label>
          {timeModes.map((mode) => (
            <Menu.Item
              key={mode}
              role="menuitemradio"
              aria-checked={prefs.time === mode}
              onClick={() => prefs.set({ time: mode })}
            >
              {strings.timeModes[mode]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={strings.wrap}>
        <ActionIcon
          className={classes.toggle ?? ''}
          aria-label={strings.wrap}
          aria-pressed={prefs.wrap}
          onClick={() => prefs.set({ wrap: !prefs.wrap })}
        >
          <IconTextWrap size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <GatedIcon label={strings.clear} reason={buffer.length === 0 ? strings.emptyFiltered : undefined} onClick={onClear}>
        <IconEraser size={14} aria-hidden />
      </GatedIcon>
      <GatedIcon label={strings.copy} reason={none} onClick={onCopy}>
        <IconCopy size={14} aria-hidden />
      </GatedIcon>
      {save}
      {state.kind !== 'ended' && (
        <Button
          size="compact-xs"
          title={strings.following}
          leftSection={following ? <IconPlayerPause size={12} aria-hidden /> : <IconPlayerPlay size={12} aria-hidden />}
          onClick={() => onFollow(!following)}
        >
          {following ? strings.pause : strings.follow}
        </Button>
      )}
    </div>
  );
}

/** Whether new lines come. */
export function FeedWords({ state, following }: { state: FeedState; following: boolean }) {
  switch (state.kind) {
    case 'opening':
      return (
        <span className={classes.dim} role="status">
          {strings.opening}
        </span>
      );
    case 'live':
      return (
        <span className={classes.live} data-on={following || undefined}>
          <span className={classes.liveDot} aria-hidden />
          {following ? strings.live : strings.paused}
        </span>
      );
    case 'away':
      return (
        <span className={classes.away} role="status">
          {strings.away} <RelativeTime at={state.since} />
        </span>
      );
    case 'ended':
      return <span className={classes.dim}>{strings.over}</span>;
    case 'failed':
      return <span className={classes.failed}>{state.problem.what}</span>;
  }
}

function OlderLines({ feed, olderFile, isSsh, narrowed, following }: LogFootProps) {
  if (feed.isLoadingOlder) {
    return (
      <span className={classes.dim} role="status">
        {strings.loadingOlder}
      </span>
    );
  }
  if (isSsh && olderFile === undefined && following) return null;
  if (isSsh && olderFile === undefined) return <span className={classes.dim}>{strings.oneFile}</span>;
  if (feed.older(olderFile) === undefined) return null;
  if (feed.buffer.room === 0) return <span className={classes.dim}>{strings.full}</span>;
  return (
    <>
      <Button size="compact-xs" onClick={() => void feed.loadOlder(olderFile)}>
        {narrowed ? strings.searchOlder : strings.loadOlder}
      </Button>
      {feed.olderProblem !== undefined && <span className={classes.failed}>{feed.olderProblem.what}</span>}
    </>
  );
}

function SavingWords({ saving }: { saving: Saving }) {
  const { progress } = saving;
  if (progress === undefined) return null;
  const { name, unit, done, total } = progress;
  const amount = (value: number) => (unit === 'bytes' ? dataSize(value) : strings.lines(value));
  return (
    <span className={classes.saving} role="status">
      <span className={classes.savingName} title={name}>
        {strings.saving(name)}
      </span>
      <progress value={done} max={Math.max(1, total)} aria-label={strings.saving(name)} />
      <span>{strings.savedOf(amount(done), amount(total))}</span>
      <Button size="compact-xs" onClick={saving.cancel}>
        {strings.cancelSaving}
      </Button>
    </span>
  );
}
