import { Radio } from '@mantine/core';
import { IconCloud, IconNetwork } from '@tabler/icons-react';
import type { Via } from '../../../shared/contract/connection.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import { strings } from '../../strings/post.ts';
import classes from './post.module.css';

interface DirectionChoiceProps {
  readonly plan: Pick<PostPlan, 'directions' | 'suggested'> | undefined;
  readonly via: Via | undefined;
  readonly onChange: (via: Via) => void;
}

const icons = { lan: IconNetwork, hub: IconCloud } as const;

/** Straight to the device, or to its hub: what each means, which one suggests itself and why. Left out where there is only one. */
export function DirectionChoice({ plan, via, onChange }: DirectionChoiceProps) {
  if (plan === undefined || plan.directions.length < 2) return null;
  const { directions, suggested } = plan;
  return (
    <Radio.Group
      label={strings.direction}
      description={strings.suggested[suggested.via][suggested.because]}
      value={via ?? null}
      onChange={(next) => {
        if (next === 'lan' || next === 'hub') onChange(next);
      }}
    >
      <div className={classes.directions}>
        {directions.map(({ via: name, closed }) => {
          const Icon = icons[name];
          return (
            <Radio
              key={name}
              value={name}
              disabled={closed !== undefined}
              label={
                <span className={classes.direction}>
                  <Icon size={14} aria-hidden /> {strings.directions[name].label}
                </span>
              }
              description={closed ?? strings.directions[name].text}
            />
          );
        })}
      </div>
    </Radio.Group>
  );
}
