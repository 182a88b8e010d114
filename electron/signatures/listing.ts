import type { SignatureReport } from '../../shared/contract/signature.ts';
import { type CoverageOptions, coverageOf } from '../../shared/signatures/coverage.ts';
import { goJson } from '../../shared/signatures/go-json.ts';
import { payloadOfKeys } from '../../shared/signatures/payload.ts';
import { stateFrom } from './problems.ts';

/** A signature as `pvr sig ls -s` shows it. */
export interface ListedSignature {
  readonly payload?: string;
  readonly protected: string;
  readonly signature: string;
}

/** The text that `pvr sig ls` prints for a report in which every signature holds, newline included; empty lists are left out. */
export function pvrListing(report: SignatureReport, sigs: readonly ListedSignature[] = []): string {
  const lists = { protected: report.protected, excluded: report.excluded, notseen: report.notSeen, sigs };
  const shown = Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
  return `${goJson(shown, '    ')}\n`;
}

/**
 * The signatures of a state as `-s` adds them, sorted by key (pvr's own order is random). With `payload` each has what it covers, in
 * standard base64 without padding, which is what `--with-payload` prints; without it a payload that is stored beside it.
 */
export function listedSignatures(text: string, payload: boolean, options: CoverageOptions = {}): readonly ListedSignature[] {
  const state = stateFrom(text);
  return coverageOf(state, options).signatures.flatMap(({ read, covers }) => {
    if (!read.ok) return [];
    const made = payload ? payloadOfKeys(state, covers) : undefined;
    const shown = made?.ok ? Buffer.from(made.text).toString('base64').replace(/=+$/, '') : read.pvs.payload;
    return [{ ...(shown !== undefined && { payload: shown }), protected: read.pvs.protected, signature: read.pvs.signature }];
  });
}
