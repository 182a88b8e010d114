import { Radio } from '@mantine/core';
import { IconCloud, IconNetwork } from '@tabler/icons-react';
import type { Via } from '../../../shared/contract/connection.ts';
import type { PostPlan } from '../../../shared/contract/update.ts';
import classes from './post.module.css';
import { strings } from './strings.ts';

interface DirectionChoiceProps {
  readonly directions: PostPlan['directions'];
  readonly via: Via | undefined;
  readonly onChange: (via: Via) => void;
}

const icons = { lan: IconNetwork, hub: IconCloud } as const;

/** Straight to the device, or to its hub: what each means, and why one is closed. Left out where there is only one. */
export function DirectionChoice({ directions, via, onChange }: DirectionChoiceProps) {
  if (directions.length < 2) return null;
  return (
    <Radio.Group
      label={strings.direction}
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
