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
  reboot: { icon: IconPower, word: 'reboot', tone: 'reboot', look: 'filled' },
  restart: { icon: IconRefresh, word: 'restart', tone: 'restart', look: 'filled' },
  none: { icon: IconMinus, word: 'no effect', tone: 'none', look: 'filled' },
  refused: { icon: IconAlertOctagonFilled, word: 'refused', tone: 'refused', look: 'filled' },
  crash: { icon: IconBolt, word: 'would crash', tone: 'crash', look: 'filled' },
  checkpoint: { icon: IconFlag3Filled, word: 'checkpoint', tone: 'checkpoint', look: 'filled' },
  stable: { icon: IconFlag3, word: 'stable, no checkpoint', tone: 'checkpoint', look: 'outline' },
  testing: { icon: IconFlask, word: 'testing', tone: 'testing', look: 'filled' },
  moving: { icon: IconLoader2, word: 'moving', tone: 'testing', look: 'outline' },
  silent: { icon: IconWaveSine, word: 'not answering', tone: 'silent', look: 'filled' },
  blocked: { icon: IconLock, word: 'blocked', tone: 'refused', look: 'outline' },
  warning: { icon: IconAlertTriangle, word: 'attention', tone: 'reboot', look: 'outline' },
  ok: { icon: IconCircleCheck, word: 'fine', tone: 'none', look: 'plain' },
  error: { icon: IconCircleX, word: 'failed', tone: 'refused', look: 'filled' },
};
