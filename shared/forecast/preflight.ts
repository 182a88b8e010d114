/**
 * Preflight: what a device will refuse of the next state, what may fail, and what is worth knowing, before anything is sent. Every rule
 * names the device's code that it comes from, or the recording that it was seen in. What only the objects' bytes tell (a program that
 * crashes, a configuration that liblxc does not take) is not looked at.
 */
import { parseState } from '../state/state.ts';
import { readDeviceModel } from './device/read.ts';
import { forecast } from './index.ts';
import { bspFindings } from './preflight/bsp.ts';
import { containerFileFindings } from './preflight/container-files.ts';
import { containerFindings } from './preflight/containers.ts';
import { fieldTypeFindings } from './preflight/field-types.ts';
import { groupFindings, overlayFindings } from './preflight/groups.ts';
import { hubFindings } from './preflight/hub.ts';
import { moveFindings } from './preflight/move.ts';
import { needFindings } from './preflight/needs.ts';
import { objectFindings } from './preflight/objects.ts';
import { parserFindings } from './preflight/parser.ts';
import { revisionFindings } from './preflight/revision.ts';
import { signatureFindings } from './preflight/signatures.ts';
import { sizeFindings } from './preflight/size.ts';
import { worstFirst } from './preflight/told.ts';
import type { PreflightFacts, PreflightFinding } from './preflight-types.ts';

export { moveFindings } from './preflight/move.ts';
export { maxPendingBytes } from './preflight/size.ts';
export type { PreflightFacts, PreflightFinding, PreflightSeverity, ProblemFix } from './preflight-types.ts';

/**
 * What stands in the way of a state, worst first. `next` is the raw text as it will be sent. What is not among the facts is not known,
 * and nothing is said of it. Never throws; linear in the texts.
 */
export function preflight(next: string, facts: PreflightFacts = {}): readonly PreflightFinding[] {
  const reading = readDeviceModel(next);
  const parsed = parseState(next);
  const state = parsed.ok ? parsed.state : undefined;
  const findings = [
    ...parserFindings(next, reading, state),
    ...(facts.running === undefined
      ? []
      : moveFindings(forecast(facts.running, next, { sinceBoot: facts.sinceBoot ?? [] }), state)),
    ...(state === undefined
      ? []
      : [
          ...(reading.kind === 'accepted' ? fieldTypeFindings(state) : []),
          ...containerFindings(state),
          ...containerFileFindings(state),
          ...needFindings(state),
          ...bspFindings(state),
          ...groupFindings(state),
          ...overlayFindings(state),
          ...signatureFindings(state, facts),
          ...hubFindings(state, facts),
        ]),
    ...objectFindings(state, reading, facts),
    ...revisionFindings(facts),
    ...sizeFindings(next, facts),
  ];
  return worstFirst(findings);
}
