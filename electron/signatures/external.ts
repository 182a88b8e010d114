import type { X509Certificate } from 'node:crypto';
import { z } from 'zod';
import { type PvsSignature, readPvs } from '../../shared/signatures/pvs.ts';
import type { StateDocument } from '../../shared/state/state.ts';
import { protectedHeader, signatureEntry, signingInput } from './jws.ts';
import { algorithmOf, checkLeaf } from './key-file.ts';
import { problem } from './problems.ts';
import type { Wanted } from './scope.ts';
import { payloadToSign } from './sign.ts';

/** What an external signer is given. */
export interface HandedOut {
  readonly name: string;
  readonly fileName: string;
  /** Flattened JWS with its payload, as `pvr sig --with-payload` writes it, and an empty signature. */
  readonly jws: string;
  readonly signingInput: string;
}

/** The payload of a signature that somebody else makes with the private part of `key`. BAD_INPUT, BAD_STATE. */
export function handOut(
  state: StateDocument,
  wanted: Wanted,
  key: Parameters<typeof algorithmOf>[0],
  chain: readonly X509Certificate[],
): HandedOut {
  checkLeaf(key, chain);
  const payload = payloadToSign(state, wanted);
  const header = protectedHeader({ ...wanted, key, chain, algorithm: algorithmOf(key) });
  return {
    name: wanted.name,
    fileName: `${wanted.name.replaceAll(/[^\w.-]+/g, '-')}.pvs.json`,
    jws: signatureEntry(header, '', payload),
    signingInput: signingInput(header, payload),
  };
}

const Jws = z.object({
  protected: z.string(),
  signature: z.string().min(1, 'it has no signature yet'),
  payload: z.string().optional(),
});
/** What `pvr sig ls --with-sigs` prints. */
const Listing = z.object({ sigs: z.array(Jws).min(1) });

/**
 * The signatures in what came back: a flattened JWS, with or without `#spec` and payload, or what `pvr sig ls --with-sigs` printed. BAD_INPUT
 * for anything else.
 */
export function takeIn(text: string): readonly PvsSignature[] {
  const value = jsonOf(text);
  const listing = Listing.safeParse(value);
  const found = listing.success ? listing.data.sigs : [parsedJws(value)];
  return found.map((jws) => {
    const read = readPvs(signatureEntry(jws.protected, jws.signature));
    if (!read.ok) throw notTaken(`it is no signature that a device or pvr can read: ${read.reason}`);
    return { ...read.pvs, payload: jws.payload };
  });
}

function parsedJws(value: unknown): z.infer<typeof Jws> {
  const jws = Jws.safeParse(value);
  if (jws.success) return jws.data;
  throw notTaken(
    jws.error.issues[0]?.message === 'it has no signature yet' ? 'it has no signature yet' : 'it is no flattened JWS',
  );
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw notTaken('it is no JSON');
  }
}

export function notTaken(reason: string) {
  return problem(
    'BAD_INPUT',
    `The signature was not taken: ${reason}.`,
    'Hand the payload out again, and take what the signer makes of it.',
  );
}
