import type { WayName } from '../../../shared/contract/connection.ts';
import type { DiagnosisStep } from '../../../shared/contract/diagnosis.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { strings } from '../../strings/diagnosis.ts';
import classes from './diagnosis.module.css';
import { StepRow } from './StepRow.tsx';

interface WaySectionProps {
  readonly way: WayName;
  readonly steps: readonly DiagnosisStep[];
  readonly device: DeviceSummary;
  /** Opens the dialog with the device's address. */
  readonly onEdit: () => void;
  /** Something was done about a problem. */
  readonly onDone: () => void;
}

/** One way, and its steps in the order in which one needs the other. */
export function WaySection({ way, steps, device, onEdit, onDone }: WaySectionProps) {
  return (
    <section aria-label={strings[way]}>
      <h2 className={classes.way}>
        {strings[way]} <code className={classes.where}>{whereOf(way, device)}</code>
      </h2>
      <ol className={classes.steps}>
        {steps.map((step) => (
          <StepRow key={step.question} step={step} device={device} onEdit={onEdit} onDone={onDone} />
        ))}
      </ol>
    </section>
  );
}

function whereOf(way: WayName, { connection, hub }: DeviceSummary): string {
  if (way === 'hub') return hub?.account ?? '';
  const port = connection?.[way]?.port;
  return connection === null || port === undefined ? '' : `${connection.host}:${port}`;
}
