import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconBolt,
  IconCircleCheck,
  IconCircleX,
  IconFlag3,
  IconFlag3Filled,
  IconFlask,
  IconLoader2,
  IconLock,
  IconMinus,
  IconPower,
  IconRefresh,
  IconWaveSine,
  type TablerIcon,
} from '@tabler/icons-react';
import { meaningWords } from '../strings/words.ts';

/** Everything that colour stands for. Each has an icon and a word, so that colour is never the only sign. */
export type Meaning =
  | 'reboot'
  | 'restart'
  | 'none'
  | 'refused'
  | 'crash'
  | 'checkpoint'
  | 'stable'
  | 'testing'
  | 'moving'
  | 'silent'
  | 'blocked'
  | 'warning'
  | 'ok'
  | 'error';

/** The colours that a meaning borrows: tokens `--tb-<tone>`, `--tb-<tone>-bg`, `--tb-<tone>-mark`. */
export type Tone = 'reboot' | 'restart' | 'none' | 'refused' | 'crash' | 'checkpoint' | 'testing' | 'silent';

interface MeaningStyle {
  readonly icon: TablerIcon;
  readonly word: string;
  readonly tone: Tone;
  /** `filled` has a tinted ground, `outline` only a line, `plain` neither. */
  readonly look: 'filled' | 'outline' | 'plain';
}

export const meanings: { readonly [M in Meaning]: MeaningStyle } = {
  reboot: { icon: IconPower, word: meaningWords.reboot, tone: 'reboot', look: 'filled' },
  restart: { icon: IconRefresh, word: meaningWords.restart, tone: 'restart', look: 'filled' },
  none: { icon: IconMinus, word: meaningWords.none, tone: 'none', look: 'filled' },
  refused: { icon: IconAlertOctagonFilled, word: meaningWords.refused, tone: 'refused', look: 'filled' },
  crash: { icon: IconBolt, word: meaningWords.crash, tone: 'crash', look: 'filled' },
  checkpoint: { icon: IconFlag3Filled, word: meaningWords.checkpoint, tone: 'checkpoint', look: 'filled' },
  stable: { icon: IconFlag3, word: meaningWords.stable, tone: 'checkpoint', look: 'outline' },
  testing: { icon: IconFlask, word: meaningWords.testing, tone: 'testing', look: 'filled' },
  moving: { icon: IconLoader2, word: meaningWords.moving, tone: 'testing', look: 'outline' },
  silent: { icon: IconWaveSine, word: meaningWords.silent, tone: 'silent', look: 'filled' },
  blocked: { icon: IconLock, word: meaningWords.blocked, tone: 'refused', look: 'outline' },
  warning: { icon: IconAlertTriangle, word: meaningWords.warning, tone: 'reboot', look: 'outline' },
  ok: { icon: IconCircleCheck, word: meaningWords.ok, tone: 'none', look: 'plain' },
  error: { icon: IconCircleX, word: meaningWords.error, tone: 'refused', look: 'filled' },
};
