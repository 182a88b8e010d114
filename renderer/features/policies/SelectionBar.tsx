import { Button } from '@mantine/core';
import { IconArrowBackUp, IconPower, IconRefresh } from '@tabler/icons-react';
import { longestSeries } from '../../../shared/contract/series.ts';
import type { OwnPolicy } from '../../../shared/state/containers.ts';
import { strings } from '../../strings/policies.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import classes from './policies.module.css';
import type { PolicyChange } from './policySelection.ts';

export interface Settable {
  readonly policy: OwnPolicy;
  readonly changes: readonly PolicyChange[];
  readonly devices: number;
}

interface SelectionBarProps {
  readonly chosen: { readonly cells: number; readonly devices: number };
  readonly settable: readonly Settable[];
  readonly busy: boolean;
  readonly onSet: (settable: Settable) => void;
  readonly onClear: () => void;
}

const icons = { container: IconRefresh, system: IconPower, inherit: IconArrowBackUp } as const;

/** What is chosen, and what it can be set to. */
export function SelectionBar({ chosen, settable, busy, onSet, onClear }: SelectionBarProps) {
  return (
    <div className={classes.selection}>
      <span role="status" className={chosen.cells === 0 ? classes.dim : classes.count}>
        {chosen.cells === 0 ? strings.nothingChosen : strings.chosen(chosen.cells, chosen.devices)}
      </span>
      <span className={classes.hint}>{chosen.cells > 0 && strings.setTitle}</span>
      {chosen.cells > 0 && (
        <Button variant="subtle" onClick={onClear}>
          {strings.clear}
        </Button>
      )}
      <span className={classes.dim}>{strings.setTo}</span>
      {settable.map((one) => {
        const Icon = icons[one.policy];
        return (
          <GatedButton
            key={one.policy}
            reason={whyNot(one, chosen.cells)}
            loading={busy}
            leftSection={<Icon size={14} aria-hidden />}
            onClick={() => onSet(one)}
          >
            {strings.set[one.policy]}
          </GatedButton>
        );
      })}
    </div>
  );
}

/** Why this can't be set now; undefined where it can. */
export function whyNot({ changes, devices }: Settable, cells: number): string | undefined {
  if (cells === 0) return strings.reasons.none;
  if (changes.length === 0) return strings.reasons.same;
  return devices > longestSeries ? strings.reasons.tooMany(devices, longestSeries) : undefined;
}
