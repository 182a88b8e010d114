import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { PvrSession } from '../../../shared/contract/hub.ts';
import { orpc } from '../../rpc.ts';
import { signInStrings as strings } from '../../strings/hub.ts';
import { DialogProblem } from './DialogProblem.tsx';
import classes from './hub.module.css';

interface PvrWayProps {
  /** The address of the session that is being used right now. */
  readonly using: string | undefined;
  readonly error: unknown;
  readonly onUse: (session: PvrSession) => void;
}

/** The sessions that pvr left on this computer; they are looked for when the person asks, and not before. */
export function PvrWay({ using, error: notUsed, onUse }: PvrWayProps) {
  const { data, error, isFetching, refetch } = useQuery(
    orpc.hub.pvrSessions.queryOptions({ enabled: false, gcTime: 0, staleTime: Number.POSITIVE_INFINITY }),
  );
  return (
    <div className={classes.way}>
      <p>{strings.pvrText}</p>
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => refetch()} loading={isFetching}>
        {data === undefined ? strings.pvrLook : strings.pvrAgain}
      </Button>
      <DialogProblem error={error} />
      {data !== undefined && data.length === 0 && <p role="status">{strings.pvrNone}</p>}
      {data !== undefined && data.length > 0 && (
        <ul className={`${classes.list} ${classes.sessions}`}>
          {data.map((session) => (
            <li key={`${session.url} ${session.nick ?? ''}`}>
              <strong>{session.nick ?? strings.pvrUnknown}</strong>
              <span className={classes.cut} title={session.url}>
                {session.url}
              </span>
              <SessionEnd session={session} />
              {session.usable && (
                <Button
                  size="compact-xs"
                  aria-label={strings.pvrUseLabel(session.nick ?? strings.pvrUnknown, session.url)}
                  loading={using === session.url}
                  disabled={using !== undefined && using !== session.url}
                  onClick={() => onUse(session)}
                >
                  {strings.pvrUse}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <DialogProblem error={notUsed} />
    </div>
  );
}

function SessionEnd({ session: { endsAt, usable } }: { session: PvrSession }) {
  if (endsAt === undefined) return usable ? <span /> : <span className={classes.ends}>{strings.pvrUnusable}</span>;
  return (
    <span className={classes.ends}>
      {usable ? strings.pvrEnds : strings.pvrEnded}{' '}
      <time dateTime={new Date(endsAt).toISOString()}>
        {new Date(endsAt).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
      </time>
    </span>
  );
}
