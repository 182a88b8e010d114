import type { StateDocument } from '../../state/state.ts';
import type { PreflightFinding } from '../preflight-types.ts';
import type { Forecast } from '../types.ts';
import { keyNamed } from './parser.ts';
import { told } from './told.ts';

/** States that the device takes, and on which its daemon dies when it compares them with what runs. */
export function moveFindings(forecast: Forecast, next: StateDocument | undefined): readonly PreflightFinding[] {
  if (forecast.kind !== 'crash' || forecast.stage !== 'move') return [];
  return [
    told({
      rule: 'move-crashes',
      severity: 'fails',
      key: keyNamed(forecast.reason, next),
      text: `The device takes it, and its daemon dies when it compares it with what runs: ${forecast.reason}.`,
      source: 'pantavisor state.c, pv_state_compare_jsons and pv_state_compare_objects',
      advice: 'Go there in two steps, or with a change that reboots the board.',
    }),
  ];
}
