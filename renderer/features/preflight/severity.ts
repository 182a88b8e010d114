import {
  IconAlertOctagonFilled,
  IconAlertTriangle,
  IconInfoCircle,
  IconPencilExclamation,
  type TablerIcon,
} from '@tabler/icons-react';
import type { PreflightSeverity } from '../../../shared/forecast/preflight-types.ts';
import type { Tone } from '../../ui/meaning.ts';

/** `blocks`: an entry of the draft that is no JSON yet, so that there is nothing to post. */
export type Severity = 'blocks' | PreflightSeverity;

/** Worst first. */
export const severities = ['blocks', 'refused', 'fails', 'notice'] as const satisfies readonly Severity[];

export const severitySigns: { readonly [S in Severity]: { readonly icon: TablerIcon; readonly tone: Tone } } = {
  blocks: { icon: IconPencilExclamation, tone: 'refused' },
  refused: { icon: IconAlertOctagonFilled, tone: 'refused' },
  fails: { icon: IconAlertTriangle, tone: 'reboot' },
  notice: { icon: IconInfoCircle, tone: 'none' },
};
