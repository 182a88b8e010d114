import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { LocalPath } from './checkout.ts';
import { CheckoutId, DeviceId, DraftId, Instant } from './ids.ts';

/** A state that signatures are read in. */
export const SignedState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('revision'), deviceId: DeviceId, revision: z.string() }),
  z.object({ kind: z.literal('draft'), draftId: DraftId }),
  z.object({ kind: z.literal('checkout'), id: CheckoutId, which: z.enum(['working', 'commit']) }),
]);
export type SignedState = z.infer<typeof SignedState>;

/** A certificate that a chain may end in, or a public key that may sign by itself. */
export const TrustAnchor = z.object({
  id: z.string(),
  kind: z.enum(['root', 'key']),
  name: z.string(),
  /** `SHA256:…` of the certificate's DER or the key's SPKI. */
  fingerprint: z.string(),
  notAfter: Instant.optional(),
  addedAt: Instant,
});
export type TrustAnchor = z.infer<typeof TrustAnchor>;

/** One certificate of a chain, leaf first. */
export const ChainCertificate = z.object({
  subject: z.string(),
  issuer: z.string(),
  notBefore: Instant,
  notAfter: Instant,
  fingerprint: z.string(),
  codeSigning: z.boolean(),
});

/**
 * `valid`: the bytes are signed by a key that is trusted here. `untrusted`: the signature fits a key that it brings itself, and nobody
 * vouches for it. `broken`: it does not fit what it covers. `unreadable`: it is no pvs signature.
 */
export const SignatureVerdict = z.enum(['valid', 'untrusted', 'broken', 'unreadable']);
export type SignatureVerdict = z.infer<typeof SignatureVerdict>;

export const SignatureView = z.object({
  /** What stands between `_sigs/` and `.json`. */
  name: z.string(),
  key: z.string(),
  verdict: SignatureVerdict,
  /** Why, as a sentence. */
  reason: z.string(),
  algorithm: z.string().optional(),
  /** RS256 and ES256; since February 2022 also ES384 and ES512 (pantavisor signature.c). */
  deviceTakesIt: z.boolean(),
  include: z.array(z.string()),
  exclude: z.array(z.string()),
  /** Keys that it covers, sorted. */
  covers: z.array(z.string()),
  chain: z.array(ChainCertificate),
  trustedBy: z.string().optional(),
});
export type SignatureView = z.infer<typeof SignatureView>;

/**
 * The lists are what `pvr sig ls` prints over all signatures of a state that can be read, whether they hold or not: sorted, without
 * repeats. pvr itself prints them only when all hold.
 */
export const SignatureReport = z.object({
  signatures: z.array(SignatureView),
  protected: z.array(z.string()),
  excluded: z.array(z.string()),
  notSeen: z.array(z.string()),
});
export type SignatureReport = z.infer<typeof SignatureReport>;

/** What to sign: a part as `pvr sig add --part` has it, or patterns as `--raw` takes them. */
export const SignatureScope = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('part'), part: z.string().min(1).max(200), config: z.boolean() }),
  z.object({
    kind: z.literal('raw'),
    name: z.string().min(1).max(200),
    include: z.array(z.string().max(1000)).max(1000),
    exclude: z.array(z.string().max(1000)).max(1000),
  }),
  /** A signature that is there, again with its own patterns (`pvr sig update`). */
  z.object({ kind: z.literal('again'), name: z.string().min(1).max(200) }),
]);
export type SignatureScope = z.infer<typeof SignatureScope>;

/** Where the signing key and its certificates are on this computer. The passphrase is used once and not kept. */
export const SigningKey = z.object({
  keyPath: LocalPath,
  /** PEM chain, leaf first; none for a signature without x5c. */
  chainPath: LocalPath.optional(),
  passphrase: z.string().max(1000).optional(),
});
export type SigningKey = z.infer<typeof SigningKey>;

const Edit = z.object({ of: SignedState, version: z.number().int().optional() });

export const signatureContract = {
  report: procedure.input(z.object({ of: SignedState })).output(SignatureReport),
  trust: procedure.output(eventIterator(z.array(TrustAnchor))),
  /** PEM text, or a file with it; certificates become roots, public keys keys. Private keys are refused. */
  addTrust: procedure
    .input(
      z.object({ path: LocalPath.optional(), pem: z.string().max(200_000).optional(), name: z.string().max(200).optional() }),
    )
    .output(z.object({ added: z.number() })),
  removeTrust: procedure.input(z.object({ id: z.string() })).output(z.object({})),
  /** Takes `removeTrust` back, as long as the program runs. */
  restoreTrust: procedure.input(z.object({ id: z.string() })).output(z.object({})),
  /**
   * Signs and puts `_sigs/<name>.json` into the draft or the working tree. Several scopes in one step for undo. A draft names the version
   * it was looked at; CONFLICT when it has moved on.
   */
  sign: procedure
    .input(Edit.extend({ scopes: z.array(SignatureScope).min(1), key: SigningKey }))
    .output(z.object({ names: z.array(z.string()), warnings: z.array(z.string()) })),
  /**
   * What an external signer needs, as `pvr sig --with-payload` hands it out: the flattened JWS with its payload, and the bytes to sign.
   * The public key or certificate names the algorithm.
   */
  payload: procedure
    .input(
      z.object({ of: SignedState, scope: SignatureScope, publicPath: LocalPath.optional(), chainPath: LocalPath.optional() }),
    )
    .output(z.object({ name: z.string(), fileName: z.string(), jws: z.string(), signingInput: z.string() })),
  /** Takes the signature of an external signer: a flattened JWS, with or without its payload, for the same scope. Verified before it is kept. */
  takeSignature: procedure
    .input(Edit.extend({ name: z.string().min(1).max(200), jws: z.string().max(10_000_000) }))
    .output(SignatureView),
  removeSignature: procedure.input(Edit.extend({ name: z.string().min(1).max(200) })).output(z.object({})),
};
