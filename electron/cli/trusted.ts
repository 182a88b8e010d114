import type { SignatureReport } from '../../shared/contract/signature.ts';
import { signatureReport } from '../signatures/report.ts';
import { noTrust, type Trust, trustFromPem } from '../signatures/trust.ts';
import type { CommandOptions } from './command-line.ts';
import { type Input, textAt } from './inputs.ts';
import { cantRead } from './problems.ts';

/** Whom `--cacerts` and `--pubkey` name; undefined where nobody was named. Throws for a file in which nothing can be trusted. */
export async function trustOf({ roots, publicKeys }: CommandOptions): Promise<Trust | undefined> {
  if (roots.length === 0 && publicKeys.length === 0) return undefined;
  const anchors = await Promise.all([
    ...roots.map(async (path) => trusted(path, { cacerts: await textAt(path) }, 'certificate')),
    ...publicKeys.map(async (path) => trusted(path, { pubkeys: await textAt(path) }, 'public key')),
  ]);
  return { roots: anchors.flatMap((trust) => trust.roots), keys: anchors.flatMap((trust) => trust.keys) };
}

function trusted(path: string, pem: Parameters<typeof trustFromPem>[0], what: string): Trust {
  const trust = trustFromPem(pem);
  if (trust.roots.length === 0 && trust.keys.length === 0) throw cantRead(path, `there is no ${what} in PEM in it`);
  return trust;
}

/** The signatures of a state, or those of them that are named. */
export async function reportOf(
  { text }: Input,
  trust: Trust | undefined,
  now: number,
  only?: readonly string[],
): Promise<SignatureReport> {
  return signatureReport(text, trust ?? noTrust, now, only === undefined ? {} : { only });
}
