import {
  IconAlertTriangle,
  IconBolt,
  IconBug,
  IconCircleX,
  IconInfoCircle,
  IconMinus,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Tone } from '../../ui/meaning.ts';

/** The levels that the device's own log has, the worst first (pantavisor log.h). */
export const knownLevels = ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG'] as const;
type Level = (typeof knownLevels)[number];

export interface LevelLook {
  readonly icon: TablerIcon;
  readonly tone: Tone | undefined;
}

const looks: { readonly [L in Level]: LevelLook } = {
  FATAL: { icon: IconBolt, tone: 'refused' },
  ERROR: { icon: IconCircleX, tone: 'refused' },
  WARN: { icon: IconAlertTriangle, tone: 'reboot' },
  INFO: { icon: IconInfoCircle, tone: undefined },
  DEBUG: { icon: IconBug, tone: 'none' },
};

/** How a level is shown. Others than the device's own are a container's words, shown as they are. */
export function lookOf(level: string): LevelLook {
  const known = knownLevels.find((one) => one === level.toUpperCase() || (one === 'WARN' && level.toUpperCase() === 'WARNING'));
  return known === undefined ? { icon: IconMinus, tone: 'none' } : looks[known];
}
