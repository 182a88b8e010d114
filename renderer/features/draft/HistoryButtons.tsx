import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { strings } from '../../strings/draft.ts';
import { GatedIcon } from '../../ui/GatedButton.tsx';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import classes from './draft.module.css';
import type { DraftSteps } from './useHistory.ts';

/** Undo and redo; what each would do is on hover. */
export function HistoryButtons({ steps }: { steps: DraftSteps }) {
  const { undoes, redoes } = steps;
  return (
    <span className={classes.history}>
      <GatedIcon
        label={undoes === undefined ? strings.undo.undo : `${strings.undo.what(undoes)} (${hotkeyText('mod+Z', onMac)})`}
        reason={undoes === undefined ? strings.undo.nothing : undefined}
        onClick={steps.undo}
      >
        <IconArrowBackUp size={16} aria-hidden />
      </GatedIcon>
      <GatedIcon
        label={redoes === undefined ? strings.undo.redo : `${strings.undo.again(redoes)} (${hotkeyText('mod+shift+Z', onMac)})`}
        reason={redoes === undefined ? strings.undo.nothingAgain : undefined}
        onClick={steps.redo}
      >
        <IconArrowForwardUp size={16} aria-hidden />
      </GatedIcon>
    </span>
  );
}
