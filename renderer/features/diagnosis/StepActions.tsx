import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { useHubDialog } from '../../stores/hubDialog.ts';
import { strings } from '../../strings/diagnosis.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { GoRemote } from '../device/GoRemote.tsx';
import { AcceptHostKey, ReplaceHostKey } from '../device/HostKeyAnswers.tsx';
import { PassphrasePrompt } from '../device/PassphrasePrompt.tsx';
import { OpenSsh } from '../device/WayHint.tsx';
import classes from './diagnosis.module.css';

interface StepActionsProps {
  readonly step: DiagnosisStep;
  readonly device: DeviceSummary;
  readonly onEdit: () => void;
  readonly onDone: () => void;
}

/** What a person can do about a step right here. */
export function StepActions({ step, device, onEdit, onDone }: StepActionsProps) {
  const { way, question, problem } = step;
  const openHubDialog = useHubDialog((dialogs) => dialogs.open);
  const auth = device.connection?.ssh?.auth;
  switch (problem?.code) {
    case 'HOST_KEY_UNKNOWN':
      return problem.hostKey && <AcceptHostKey device={device} hostKey={problem.hostKey} onDone={onDone} />;
    case 'HOST_KEY_CHANGED':
      return problem.hostKey && <ReplaceHostKey device={device} hostKey={problem.hostKey} onDone={onDone} />;
    case 'PASSPHRASE_NEEDED':
      return auth?.kind === 'key-file' && <PassphrasePrompt path={auth.path} onUnlocked={onDone} />;
    case 'SESSION_ENDED':
      return <Button onClick={() => openHubDialog({ kind: 'sign-in' })}>{strings.signIn}</Button>;
    case 'SECRETS_LOCKED':
      return <Button onClick={() => openHubDialog({ kind: 'unlock' })}>{strings.unlock}</Button>;
    default:
  }
  if (way === 'hub') return question === 'heard' && step.state === 'doubtful' && <GoRemote device={device} />;
  if (question === 'login') return <LetIn device={device} onEdit={onEdit} />;
  const isAddress = question === 'name' || question === 'port' || question === 'protocol';
  return isAddress && <Button onClick={onEdit}>{strings.changeAddress}</Button>;
}

/** A key that the device does not take: let its hub hand it ours, or do so on the device, or choose another key. */
function LetIn({ device, onEdit }: Pick<StepActionsProps, 'device' | 'onEdit'>) {
  const enable = useMutation(orpc.metadata.enableSsh.mutationOptions());
  const isOwnKey = device.connection?.ssh?.auth.kind === 'own-key';
  return (
    <div className={classes.letIn}>
      <span className={classes.buttons}>
        {isOwnKey && device.ways.hub.kind === 'open' && (
          <Button loading={enable.isPending} onClick={() => enable.mutate({ id: device.id })}>
            {strings.enableSsh}
          </Button>
        )}
        <Button onClick={onEdit}>{strings.changeLogin}</Button>
      </span>
      {enable.isSuccess && <p role="status">{strings.sshEnabled}</p>}
      {enable.error !== null && <ProblemPanel problem={problemOf(enable.error)} />}
      {isOwnKey && <OpenSsh lead={strings.openSshHere} />}
    </div>
  );
}
