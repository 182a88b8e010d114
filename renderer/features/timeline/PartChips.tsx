import type { RevisionView } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/timeline.ts';
import { EffectBadge } from '../../ui/EffectBadge.tsx';
import { meanings } from '../../ui/meaning.ts';
import classes from './RevisionRow.module.css';

const mostShown = 4;

/** The parts that a revision changed, each in the colour of its strongest effect. */
export function PartChips({ parts, all = false }: { parts: RevisionView['parts']; all?: boolean }) {
  if (parts === undefined || parts.length === 0) return null;
  const shown = all ? parts : parts.slice(0, mostShown);
  const hidden = parts.slice(shown.length);
  return (
    <span className={all ? classes.allChips : classes.chips}>
      {shown.map(({ part, effect, entries }) => (
        <EffectBadge key={part} effect={effect} title={strings.chipTitle(part, meanings[effect].word, strings.entries(entries))}>
          {part}
        </EffectBadge>
      ))}
      {hidden.length > 0 && <span title={hidden.map(({ part }) => part).join(', ')}>{strings.more(hidden.length)}</span>}
    </span>
  );
}
