import type { PvrCommand, PvrProgram } from '../../../../shared/contract/checkout.ts';
import { commandStrings, appStrings as strings } from '../../../strings/checkoutTabs.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import classes from './apps.module.css';

interface PvrBarProps {
  /** Undefined while it is looked for. */
  readonly program: PvrProgram | undefined;
  /** Why nothing can be written now. */
  readonly reason: string | undefined;
  readonly onCommand: (kind: PvrCommand['kind']) => void;
}

const kinds: readonly PvrCommand['kind'][] = ['app-add', 'app-update', 'app-install', 'dm-convert', 'dm-apply'];

/** What the pvr command does here, and how to get it where it is not on this computer. */
export function PvrBar({ program, reason, onCommand }: PvrBarProps) {
  const here = program?.path !== undefined;
  const none = program === undefined ? strings.pvrReading : here ? reason : strings.noPvrReason;
  return (
    <div className={classes.bar}>
      <span className={classes.dim} title={program?.path}>
        {program === undefined ? strings.pvrReading : here ? strings.pvrHere(program.version ?? '') : strings.noPvr}
      </span>
      {kinds.map((kind) => (
        <GatedButton key={kind} size="compact-xs" reason={none} onClick={() => onCommand(kind)}>
          {commandStrings.titles[kind]}
        </GatedButton>
      ))}
      {program !== undefined && !here && <p className={classes.howTo}>{program.howTo}</p>}
      {here && program.missingTools.length > 0 && <p className={classes.howTo}>{strings.missingTools(program.missingTools)}</p>}
    </div>
  );
}
