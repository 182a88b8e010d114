import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { PvrSession } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './hub.module.css';
import { signInStrings as strings } from './strings.ts';

interface PvrWayProps {
  /** The address of the session that is being used right now. */
  readonly using: string | undefined;
  readonly problem: KnownProblem | undefined;
  readonly onUse: (session: PvrSession) => void;
}

/** The sessions that pvr left on this computer; they are looked for when the person asks, and not before. */
export function PvrWay({ using, problem, onUse }: PvrWayProps) {
  const { data, error, isFetching, refetch } = useQuery(
    orpc.hub.pvrSessions.queryOptions({ enabled: false, gcTime: 0, staleTime: Number.POSITIVE_INFINITY }),
  );
  return (
    <div className={classes.way}>
      <p>{strings.pvrText}</p>
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => refetch()} loading={isFetching}>
        {data === undefined ? strings.pvrLook : strings.pvrAgain}
      </Button>
      {error !== null && <ProblemPanel problem={problemOf(error)} />}
      {data !== undefined && data.length === 0 && <p role="status">{strings.pvrNone}</p>}
      {data !== undefined && data.length > 0 && (
        <ul className={classes.list}>
          {data.map((session) => (
            <li key={`${session.url} ${session.nick ?? ''}`}>
              <strong className={classes.cut}>{session.nick ?? strings.pvrUnknown}</strong>
              <span className={classes.cut}>{session.url}</span>
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
      {problem !== undefined && <ProblemPanel problem={problem} />}
    </div>
  );
}

function SessionEnd({ session: { endsAt, usable } }: { session: PvrSession }) {
  if (endsAt === undefined) return usable ? null : <span className={classes.dim}>{strings.pvrUnusable}</span>;
  return (
    <span className={classes.dim}>
      {usable ? strings.pvrEnds : strings.pvrEnded}{' '}
      <time dateTime={new Date(endsAt).toISOString()}>
        {new Date(endsAt).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })}
      </time>
    </span>
  );
}
