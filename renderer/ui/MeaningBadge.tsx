import type { ReactNode } from 'react';
import classes from './MeaningBadge.module.css';
import { type Meaning, meanings, type Tone } from './meaning.ts';

/** The class that sets `--tone`, `--tone-bg` and `--tone-mark` for whatever is inside. */
export function toneClass(tone: Tone): string {
  return classes[tone] ?? '';
}

interface MeaningBadgeProps {
  readonly meaning: Meaning;
  /** Instead of the meaning's own word. */
  readonly children?: ReactNode;
  readonly title?: string;
  /** Without ground and line, where many stand below each other. */
  readonly plain?: boolean;
  /** Nothing is going on any more: the icon does not move. */
  readonly still?: boolean;
}

/** An icon and a word in the colour of their meaning. */
export function MeaningBadge({ meaning, children, title, plain = false, still = false }: MeaningBadgeProps) {
  const { icon: Icon, word, tone, look } = meanings[meaning];
  const moves = meaning === 'silent' || meaning === 'testing' || meaning === 'moving';
  const pulse = moves && !still ? classes.pulse : '';
  return (
    <span className={`${classes.badge} ${toneClass(tone)} ${classes[plain ? 'plain' : look] ?? ''} ${pulse}`} title={title}>
      <Icon size={14} stroke={1.75} aria-hidden />
      <span>{children ?? word}</span>
    </span>
  );
}
