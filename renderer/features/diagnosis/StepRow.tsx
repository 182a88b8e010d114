import { Loader } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconMinus,
  type TablerIcon,
} from '@tabler/icons-react';
import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { strings } from '../../strings/diagnosis.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './diagnosis.module.css';
import { StepActions } from './StepActions.tsx';
import { questionWords } from './summary.ts';

interface StepRowProps {
  readonly step: DiagnosisStep;
  readonly device: DeviceSummary;
  readonly onEdit: () => void;
  readonly onDone: () => void;
}

const icons: { readonly [State in Exclude<DiagnosisStep['state'], 'running'>]: TablerIcon } = {
  waiting: IconCircleDashed,
  ok: IconCircleCheck,
  doubtful: IconAlertTriangle,
  failed: IconCircleX,
  skipped: IconMinus,
};

/** One question with its answer: a sign and a word, what was found, how long it took, and what to do where it is not well. */
export function StepRow({ step, device, onEdit, onDone }: StepRowProps) {
  const { state, found, took, problem } = step;
  const Icon = state === 'running' ? undefined : icons[state];
  const actions = problem !== undefined && <StepActions step={step} device={device} onEdit={onEdit} onDone={onDone} />;
  return (
    <li className={classes.step} data-state={state}>
      <div className={classes.line}>
        <span className={classes.question}>{questionWords(step)}</span>
        <span className={classes.state}>
          {Icon === undefined ? <Loader size={14} aria-hidden /> : <Icon size={16} aria-hidden />}
          {strings.states[state]}
        </span>
        <span className={classes.found}>
          {found !== undefined && (
            <>
              <code title={found}>{found}</code>
              <CopyButton text={found} label={strings.copyFound} />
            </>
          )}
        </span>
        <span className={classes.took}>{took !== undefined && strings.took(took)}</span>
      </div>
      {problem !== undefined && state === 'failed' && (
        <div className={classes.problem}>
          <ProblemPanel problem={problem}>{actions}</ProblemPanel>
        </div>
      )}
      {problem !== undefined && state === 'doubtful' && (
        <div className={classes.doubt}>
          <p className={classes.what}>{problem.what}</p>
          <p>{problem.next}</p>
          {actions}
        </div>
      )}
    </li>
  );
}
