import { createPrivateKey, createPublicKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { type SignatureAlgorithm, signatureAlgorithms } from '../../shared/signatures/algorithms.ts';
import { readCertificate } from './certificate.ts';
import { type PemBlock, pemBlocks } from './pem.ts';
import { problem } from './problems.ts';
import { readPublicKey } from './trust.ts';
import { isKeyFor } from './verify.ts';

/** A key that can sign, and what it signs with. */
export interface SigningKeyFile {
  readonly key: KeyObject;
  readonly algorithm: SignatureAlgorithm;
}

/** Keys and chains have some kB. */
const maxBytes = 1024 * 1024;

/** Reads a PEM file by its path; `~/` is the home folder. NOT_FOUND, BAD_INPUT. */
export async function readPemFile(path: string): Promise<string> {
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  try {
    const { size } = await stat(file);
    if (size > maxBytes) throw problem('BAD_INPUT', `${path} is too large for a key or certificates.`, 'Choose a PEM file.');
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof TrailbossError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw problem('NOT_FOUND', `${path} can’t be read.`, 'Check the path and who may read the file.', reason);
  }
}

/**
 * The first private key of a PEM text (PKCS#8, PKCS#1, SEC1), as pvr takes it. PASSPHRASE_NEEDED when it is encrypted and the passphrase is
 * missing or wrong; BAD_INPUT for a key that pvr can't sign with.
 */
export function signingKey(pem: string, passphrase: string | undefined): SigningKeyFile {
  const block = pemBlocks(pem).find(({ label }) => label.includes('PRIVATE KEY'));
  if (block === undefined)
    throw problem('BAD_INPUT', 'This file holds no private key in PEM form.', 'Choose the file with the key.');
  const key = openKey(block, passphrase);
  return { key, algorithm: algorithmOf(key) };
}

/** The public key of a PEM text: a public key, or the key of its first certificate. BAD_INPUT. */
export function publicKeyIn(pem: string): KeyObject {
  for (const { label, der, text } of pemBlocks(pem)) {
    if (label.includes('PRIVATE KEY'))
      throw problem(
        'BAD_INPUT',
        'This file holds a private key.',
        'Give the public key or its certificate: only that is needed.',
      );
    const certificate = label === 'CERTIFICATE' ? readCertificate(der) : undefined;
    if (certificate !== undefined) return certificate.publicKey;
    const key = label.endsWith('PUBLIC KEY') ? readPublicKey(text) : undefined;
    if (key !== undefined) return key;
  }
  throw problem('BAD_INPUT', 'This file holds no public key and no certificate.', 'Choose a PEM file with one of them.');
}

/** What pvr signs with, by the key (libpvr/pvslib.go, JwsSign). BAD_INPUT. */
export function algorithmOf(key: KeyObject): SignatureAlgorithm {
  const algorithm = signatureAlgorithms.find((candidate) => isKeyFor(key, candidate));
  if (algorithm !== undefined) return algorithm;
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {};
  if (namedCurve === 'secp521r1') {
    throw problem(
      'BAD_INPUT',
      'This is a P-521 key, and pvr can’t sign with one: it looks for a curve of 512 bits, and P-521 has 521.',
      'Sign with a P-256 or an RSA key.',
    );
  }
  const kind = modulusLength === undefined ? (namedCurve ?? key.asymmetricKeyType ?? 'unknown') : `RSA ${modulusLength}`;
  throw problem(
    'BAD_INPUT',
    `Signatures can’t be made with this kind of key (${kind}).`,
    'Sign with a P-256, P-384 or RSA key (2048 bits or more).',
  );
}

/** The certificates of a chain file, in its order, as pvr writes them into x5c. BAD_INPUT without any, or where one can't be read. */
export function chainIn(pem: string): readonly X509Certificate[] {
  const chain = pemBlocks(pem).flatMap(({ label, der, hasHeaders }) => {
    if (label !== 'CERTIFICATE' || hasHeaders) return [];
    const certificate = readCertificate(der);
    if (certificate === undefined)
      throw problem('BAD_INPUT', 'A certificate of the chain can’t be read.', 'Export the chain anew as PEM.');
    return [certificate];
  });
  if (chain.length === 0)
    throw problem(
      'BAD_INPUT',
      'The chain file holds no certificate.',
      'Choose the PEM file with the chain, or sign without one.',
    );
  return chain;
}

/** Refuses a chain that does not begin with the key's own certificate: nobody could verify the signature. BAD_INPUT. */
export function checkLeaf(key: KeyObject, [leaf]: readonly X509Certificate[]): void {
  const own = key.type === 'private' ? createPublicKey(key) : key;
  if (leaf === undefined || leaf.publicKey.equals(own)) return;
  throw problem(
    'BAD_INPUT',
    'The first certificate of the chain belongs to another key than the one that signs.',
    'Choose the chain that begins with the certificate of this key.',
  );
}

function openKey({ label, text, hasHeaders }: PemBlock, passphrase: string | undefined): KeyObject {
  const isEncrypted = label.includes('ENCRYPTED') || (hasHeaders && /ENCRYPTED/.test(text));
  if (isEncrypted && (passphrase === undefined || passphrase === '')) throw passphraseNeeded('The key is encrypted.');
  try {
    return createPrivateKey({ key: text, format: 'pem', ...(isEncrypted && { passphrase: passphrase ?? '' }) });
  } catch {
    // OpenSSL's own words may tell about the key, and a wrong passphrase gives many of them.
    if (isEncrypted) throw passphraseNeeded('The passphrase does not open the key.');
    throw problem(
      'BAD_INPUT',
      `The private key can’t be read (${label}).`,
      'Convert it to PEM with `openssl pkcs8 -topk8`, and choose that file.',
    );
  }
}

function passphraseNeeded(what: string): TrailbossError {
  return problem('PASSPHRASE_NEEDED', what, 'Type the passphrase of the key.');
}
