import { Button } from '@mantine/core';
import { Link } from 'wouter';
import type { WayName } from '../../../shared/contract/connection.ts';
import type { ErrorCode } from '../../../shared/contract/errors.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/device.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './DeviceScreen.module.css';
import { AcceptHostKey, ReplaceHostKey } from './HostKeyAnswers.tsx';
import { PassphrasePrompt } from './PassphrasePrompt.tsx';
import { needsPerson } from './signIn.ts';

const names: readonly WayName[] = ['http', 'ssh', 'hub'];

/** The ways that wait for a person: a host key to accept, a passphrase, a login that is refused. */
export function WayProblems({ device }: { device: DeviceSummary }) {
  const blocked = names.flatMap((name) => {
    const way = device.ways[name];
    return way.kind === 'blocked' ? [{ name, problem: way.problem }] : [];
  });
  if (blocked.length === 0) return null;
  const auth = device.connection?.ssh?.auth;
  return (
    <div className={classes.problems}>
      {blocked.map(({ name, problem }) => (
        <ProblemPanel key={name} problem={problem}>
          {problem.code === 'HOST_KEY_UNKNOWN' && problem.hostKey !== undefined && (
            <AcceptHostKey device={device} hostKey={problem.hostKey} />
          )}
          {problem.code === 'HOST_KEY_CHANGED' && problem.hostKey !== undefined && (
            <ReplaceHostKey device={device} hostKey={problem.hostKey} />
          )}
          {name === 'hub' && <SignIn code={problem.code} />}
          {problem.code === 'PASSPHRASE_NEEDED' && auth?.kind === 'key-file' && <PassphrasePrompt path={auth.path} />}
        </ProblemPanel>
      ))}
    </div>
  );
}

function SignIn({ code }: { code: ErrorCode }) {
  const answer = needsPerson(code);
  if (answer === undefined) return null;
  return (
    <Button variant="filled" component={Link} href={paths.settings()}>
      {strings.signInAgain[answer]}
    </Button>
  );
}
