import { ActionIcon, Button } from '@mantine/core';
import { IconArrowDown, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { type LogOrigin, noLogFilter } from '../../../shared/contract/logs.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/logs.ts';
import { FeedWords } from './LogFoot.tsx';
import { LogList } from './LogList.tsx';
import type { FeedState, LogChoice, LogFeed } from './logFeed.ts';
import { useLogPrefs } from './logPrefs.ts';
import { noSearch } from './logSearch.ts';
import classes from './logs.module.css';
import { logOrigins } from './origins.ts';
import type { Selection } from './selection.ts';
import { useBufferVersion, useLogFeed } from './useLogFeed.ts';

/** A device's live log beside something else, to be folded away; whether it is stays so. */
export function LogStrip({ device }: { device: DeviceSummary }) {
  const { strip, set } = useLogPrefs();
  const [first, setFirst] = useState<LogOrigin>();
  const origins = logOrigins(device);
  const from = origins.find((origin) => origin === first) ?? origins[0];
  if (first === undefined && from !== undefined) setFirst(from);
  return (
    <section className={classes.strip} aria-label={strings.strip}>
      <div className={classes.stripHead}>
        <ActionIcon
          aria-label={strip ? strings.stripHide : strings.stripShow}
          aria-expanded={strip}
          onClick={() => set({ strip: !strip })}
        >
          {strip ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        </ActionIcon>
        <h2 className={classes.stripTitle}>{strings.strip}</h2>
        {strip && from === undefined && <span className={classes.dim}>{strings.stripClosed}</span>}
        <span className={classes.spring} />
        {from !== undefined && (
          <Button component={Link} size="compact-xs" href={paths.device(device.id, 'logs')}>
            {strings.stripOpen}
          </Button>
        )}
      </div>
      {strip && from !== undefined && <Strip key={from} device={device} from={from} />}
    </section>
  );
}

function Strip({ device, from }: { device: DeviceSummary; from: LogOrigin }) {
  const choice = useMemo<LogChoice>(() => ({ id: device.id, from, filter: noLogFilter, lines: 20 }), [device.id, from]);
  const { feed, state } = useLogFeed(choice);
  return <div className={classes.stripBody}>{feed !== undefined && <StripLines feed={feed} state={state} />}</div>;
}

function StripLines({ feed, state }: { feed: LogFeed; state: FeedState }) {
  const { buffer } = feed;
  const version = useBufferVersion(buffer);
  const [following, setFollowing] = useState(true);
  const [selection, setSelection] = useState<Selection>();
  const seen = useRef(0);
  const { wrap, time } = useLogPrefs();
  if (following) seen.current = buffer.view.pushed;
  const fresh = buffer.view.pushed - seen.current;
  if (buffer.view.length === 0) {
    return (
      <p className={classes.note}>
        <FeedWords state={state} following={following} />
      </p>
    );
  }
  return (
    <>
      <LogList
        buffer={buffer}
        version={version}
        search={noSearch}
        wrap={wrap}
        time={time}
        selection={selection}
        onSelect={setSelection}
        following={following}
        onFollow={setFollowing}
      />
      {state.kind === 'away' && (
        <span className={classes.stripState}>
          <FeedWords state={state} following={following} />
        </span>
      )}
      {!following && (
        <Button
          className={classes.newLines ?? ''}
          variant="filled"
          size="compact-xs"
          rightSection={<IconArrowDown size={12} aria-hidden />}
          onClick={() => setFollowing(true)}
        >
          {fresh > 0 ? strings.newLines(fresh) : strings.toNewest}
        </Button>
      )}
    </>
  );
}
