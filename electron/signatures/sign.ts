import type { X509Certificate } from 'node:crypto';
import { oldDeviceTakes } from '../../shared/signatures/algorithms.ts';
import { coverageOf, deviceSeesSamePayload } from '../../shared/signatures/coverage.ts';
import { payloadOf } from '../../shared/signatures/payload.ts';
import { setJson } from '../../shared/state/edit.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import { mayCodeSign, subjectName, timeProblem } from './certificate.ts';
import { protectedHeader, signatureEntry, signatureOver } from './jws.ts';
import { checkLeaf, type SigningKeyFile } from './key-file.ts';
import { problem } from './problems.ts';
import { inSigningOrder, type Wanted } from './scope.ts';

export interface Signed {
  /** Entries by key, in the order in which they were made. */
  readonly entries: ReadonlyMap<string, string>;
  readonly state: StateDocument;
  /** Sentences: what a device or pvr may find wrong with them. */
  readonly warnings: readonly string[];
}

/** Signs a state: every signature covers it as it is, with those among its entries that were made before. BAD_INPUT, BAD_STATE. */
export function signState(
  state: StateDocument,
  wanted: readonly Wanted[],
  signer: SigningKeyFile,
  chain: readonly X509Certificate[],
  now: number,
): Signed {
  checkLeaf(signer.key, chain);
  const entries = new Map<string, string>();
  let current = state;
  for (const one of inSigningOrder(wanted)) {
    const payload = payloadToSign(current, one);
    const header = protectedHeader({ ...one, ...signer, chain });
    const entry = signatureEntry(header, signatureOver(header, payload, signer));
    const edited = setJson(current, one.key, entry);
    if (!edited.ok) throw problem('BAD_INPUT', edited.reason, 'Choose another name.');
    entries.set(one.key, entry);
    current = edited.state;
  }
  const warnings = [...signerWarnings(signer, chain, now), ...entryWarnings(current, new Set(entries.keys()))];
  return { entries, state: current, warnings };
}

/** The payload of a signature to be made. BAD_INPUT for one that covers nothing, which a device can't verify. */
export function payloadToSign(state: StateDocument, wanted: Wanted): string {
  const payload = payloadOf(state, wanted);
  if (!payload.ok)
    throw problem('BAD_STATE', `${wanted.name} can’t be signed: ${payload.reason}.`, 'Change the entry or the pattern.');
  if (payload.text === '{}') {
    throw problem(
      'BAD_INPUT',
      `A signature ${wanted.name} would cover no entry.`,
      'Sign a part that has entries, or change the patterns.',
    );
  }
  return payload.text;
}

function signerWarnings({ algorithm }: SigningKeyFile, [leaf]: readonly X509Certificate[], now: number): readonly string[] {
  const warnings: string[] = [];
  if (!oldDeviceTakes(algorithm)) {
    warnings.push(`Devices with a Pantavisor from before February 2022 do not take ${algorithm}: they refuse the revision.`);
  }
  if (leaf === undefined) return warnings;
  const expired = timeProblem(leaf, now);
  if (expired !== undefined) warnings.push(`The certificate ${expired}.`);
  if (!mayCodeSign(leaf)) warnings.push(`The certificate ${subjectName(leaf)} is not for signing code: pvr does not take it.`);
  return warnings;
}

/** Signatures that the device would see otherwise than what was signed. */
function entryWarnings(state: StateDocument, keys: ReadonlySet<string>): readonly string[] {
  return coverageOf(state)
    .signatures.filter((signature) => keys.has(signature.key) && !deviceSeesSamePayload(state, signature))
    .map(({ name, onlyPvr, onlyDevice }) => {
      const why =
        onlyPvr.length + onlyDevice.length > 0
          ? 'the device reads its patterns otherwise than pvr'
          : 'the entries that it covers are not in canonical form, which is what the device goes by';
      return `A device that verifies signatures will refuse ${name}: ${why}.`;
    });
}
