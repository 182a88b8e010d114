import { useState } from 'react';
import type { PreflightFinding } from '../../../shared/forecast/preflight-types.ts';

/** What somebody agreed to when they said that a refused revision is to be posted all the same. */
export interface Agreed {
  readonly version: number;
  readonly via: string | undefined;
  readonly findings: readonly PreflightFinding[];
}

export interface Acceptance {
  /** Nothing has to be agreed to, or it was. */
  readonly given: boolean;
  /** There is something to agree to. */
  readonly needed: boolean;
  readonly set: (given: boolean) => void;
}

/** A word for all that was agreed to: another one when the draft, the direction or what will be refused is another. */
export function agreementOf({ version, via, findings }: Agreed): string {
  const refused = findings.filter(({ severity }) => severity === 'refused');
  return JSON.stringify([version, via, refused.map(({ rule, key, text }) => [rule, key, text])]);
}

/** The deliberate second step before a post that will be refused. It has to be taken anew when anything of it changed. */
export function useAcceptance(agreed: Agreed): Acceptance {
  const [given, setGiven] = useState<string>();
  const agreement = agreementOf(agreed);
  return {
    needed: agreed.findings.some(({ severity }) => severity === 'refused'),
    given: given === agreement,
    set: (on) => setGiven(on ? agreement : undefined),
  };
}
