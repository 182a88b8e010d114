import type { Via } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import type { DeviceFacts } from '../../shared/contract/update.ts';
import { type PreflightFacts, type PreflightFinding, preflight } from '../../shared/forecast/preflight.ts';
import type { DeviceWatch } from '../fleet/device-watch.ts';
import type { StartTexts, UpdateJournal } from '../storage/updates.ts';
import { takenNames } from './names.ts';

/** What verifying the signatures of a state finds. Given by the room of signatures. */
export type VerifySignatures = (state: string) => Promise<PreflightFacts['signatures']>;

export interface CheckInput {
  readonly watch: DeviceWatch;
  readonly via: Via;
  /** The name that it is to get; undefined for one that is there already. */
  readonly revision: string | undefined;
  readonly text: string;
  readonly start: StartTexts | undefined;
  readonly facts: DeviceFacts;
  readonly verify: VerifySignatures | undefined;
}

/** What preflight says of a state that is about to be posted or run, with all that is known here. */
export async function checkState(input: CheckInput): Promise<readonly PreflightFinding[]> {
  const { watch, via, revision, text, start, facts, verify } = input;
  return preflight(text, {
    ...facts,
    ...start,
    via,
    revision,
    takenNames: [...takenNames(watch.observed.steps?.list ?? [])],
    signatures: text.includes('_sigs/') || text.includes('pvs@2') ? await verify?.(text).catch(unreadableState) : undefined,
  });
}

/** The rules that spoke, once each, as the journal keeps them. */
export function summaryOf(findings: readonly PreflightFinding[]): NonNullable<UpdateJournal['preflight']> {
  const rules = (severity: PreflightFinding['severity']) => [
    ...new Set(findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule)),
  ];
  return { refused: rules('refused'), fails: rules('fails') };
}

/** BAD_STATE where the device will refuse the state and nobody has said that it is meant so. */
export function refuseUnlessAccepted(findings: readonly PreflightFinding[], accepted: boolean): void {
  const refused = findings.filter(({ severity }) => severity === 'refused');
  const [first, ...others] = refused;
  if (first === undefined || accepted) return;
  const where = first.key === undefined ? '' : `${first.key}: `;
  throw new TrailbossError('BAD_STATE', {
    what: `The device will refuse this state. ${where}${first.text}`,
    unchanged: 'Nothing was sent; the draft is as it was.',
    next: others.length === 0 ? first.advice : `${first.advice} Preflight has ${others.length} more such findings.`,
    ...(others.length > 0 && {
      raw: others
        .map(({ key, text }) => `${key ?? ''} ${text}`.trim())
        .join('\n')
        .slice(0, 20_000),
    }),
  });
}

/** What can't be read has no signatures either, and preflight says what is wrong with it. */
function unreadableState(error: unknown): undefined {
  if (!(error instanceof TrailbossError)) throw error;
  return undefined;
}
