import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { signatureKey } from '../../shared/signatures/coverage.ts';
import { keyFile, type Listing, signedRepo, signedRepos } from './fixture-repos.ts';
import { listedSignatures, pvrListing } from './listing.ts';
import { signatureReport } from './report.ts';
import { trustFromPem } from './trust.ts';

const Sigs = z.object({ sigs: z.array(z.object({ signature: z.string() })).optional() });

/** What `pvr sig ls` would do: its exit code and what it prints. */
async function sigLs(repo: Awaited<ReturnType<typeof signedRepo>>, args: readonly string[]) {
  const trust = trustFromPem({ cacerts: fileOf(args, '--cacerts'), pubkeys: fileOf(args, '--pubkey') });
  const names = args.slice(args.indexOf('ls') + 1).filter((arg) => arg !== '-s');
  const only = names.length > 0 ? names : undefined;
  // pvr reads the signatures from the working tree, and what they cover from the committed state.
  const replaced = new Map([...repo.files].filter(([key]) => key.startsWith('_sigs/')));
  const missing = only?.some((name) => !repo.files.has(signatureKey(name)));
  if (missing) return { exit: 125, stdout: '' };
  const report = await signatureReport(repo.text, trust, Date.UTC(2026, 10, 1), { replaced, only });
  if (report.signatures.some(({ verdict }) => verdict !== 'valid')) return { exit: 13, stdout: '' };
  const sigs = args.includes('-s') ? listedSignatures(repo.text, false, { replaced, only }) : [];
  return { exit: 0, stdout: pvrListing(report, sigs) };
}

function fileOf(args: readonly string[], option: string): string | undefined {
  const path = args[args.indexOf(option) + 1];
  return args.includes(option) && path !== undefined ? keyFile(path.replace('/home/dev/keys/', '')) : undefined;
}

describe.each(signedRepos)('%s as `pvr sig ls` has it', async (name) => {
  const repo = await signedRepo(name);
  test.each(repo.listings.map((listing): [string, Listing] => [listing.label, listing]))('%s', async (_label, listing) => {
    const { exit, stdout } = await sigLs(repo, listing.args);
    expect([exit, inOrder(stdout)]).toEqual([listing.exit, inOrder(listing.stdoutRaw ?? listing.stdoutText ?? '')]);
  });
});

/** The order of `sigs` is random in pvr. */
function inOrder(stdout: string): string {
  if (stdout === '') return '';
  const parsed: unknown = JSON.parse(stdout);
  const { sigs } = Sigs.parse(parsed);
  if (sigs === undefined) return stdout;
  return JSON.stringify(parsed, (key, value: unknown) =>
    key === 'sigs'
      ? [...z.array(z.looseObject({ signature: z.string() })).parse(value)].sort((a, b) => (a.signature < b.signature ? -1 : 1))
      : value,
  );
}
