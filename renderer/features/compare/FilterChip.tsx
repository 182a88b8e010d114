import type { TablerIcon } from '@tabler/icons-react';
import { strings } from '../../strings/compare.ts';
import { toneClass } from '../../ui/MeaningBadge.tsx';
import type { Tone } from '../../ui/meaning.ts';
import classes from './compare.module.css';

interface FilterChipProps {
  readonly icon: TablerIcon;
  readonly word: string;
  readonly count: number;
  readonly tone?: Tone;
  readonly pressed: boolean;
  readonly onToggle: () => void;
}

/** Shows only what is of one kind, together with the other chips of its row that are pressed. */
export function FilterChip({ icon: Icon, word, count, tone = 'none', pressed, onToggle }: FilterChipProps) {
  return (
    <button type="button" className={`${classes.toggle} ${toneClass(tone)}`} aria-pressed={pressed} onClick={onToggle}>
      <Icon size={14} stroke={1.75} aria-hidden />
      {strings.showEffect(word, count)}
    </button>
  );
}
