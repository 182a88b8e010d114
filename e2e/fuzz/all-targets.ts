import { exportTargets } from './export-targets.ts';
import { largeTargets } from './large-targets.ts';
import { pvrTargets } from './pvr-targets.ts';
import { realSamples } from './samples.ts';
import { signatureTargets } from './signature-targets.ts';
import { stateTargets } from './state-targets.ts';
import type { Target } from './target.ts';

/**
 * Every parser of what comes from outside, with what has to hold of it. `close` removes what they wrote. @param scale of large documents
 */
export async function allTargets(scale: number): Promise<{ readonly targets: readonly Target[]; close(): Promise<void> }> {
  const samples = await realSamples();
  const exports = await exportTargets(samples);
  return {
    targets: [
      ...stateTargets(samples),
      ...pvrTargets(samples),
      ...signatureTargets(samples),
      ...exports.targets,
      ...largeTargets(scale),
    ],
    close: exports.close,
  };
}
