import { describe, expect, test } from 'vitest';
import type { SignatureView } from '../../../shared/contract/signature.ts';
import { coverageOf } from '../../../shared/signatures/coverage.ts';
import { signatureEffects } from '../../../shared/signatures/effect.ts';
import { stateWith, unsignedPvs } from '../../../shared/signatures/test-signature.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { brokenNames, commonName, signatureRows, signerOf } from './signatureRows.ts';

const sha = (digit: string) => `"${digit.repeat(64)}"`;
const part = (name: string) => unsignedPvs([`${name}/**`], [`_sigs/${name}.json`]);
const entries = {
  'os/x': sha('1'),
  'web/x': sha('2'),
  free: sha('3'),
  '_sigs/os.json': part('os'),
  '_sigs/web.json': part('web'),
};
const base = stateWith(entries);
const view = (name: string): SignatureView => ({
  name,
  key: `_sigs/${name}.json`,
  verdict: 'valid',
  reason: 'Signed.',
  deviceTakesIt: true,
  include: [],
  exclude: [],
  covers: [],
  chain: [],
  trustedBy: 'build server',
});
const report = { signatures: [view('os'), view('web')], protected: [], excluded: [], notSeen: [] };

function rowsOf(state: StateDocument) {
  return signatureRows(coverageOf(state), report, signatureEffects(base, state), signatureEffects(base, state));
}

function words(state: StateDocument): readonly string[] {
  return rowsOf(state).map((row) =>
    row.kind === 'signature' ? `${row.name} ${row.verdict} ${row.brokenBy}` : `${row.group} ${row.keys}`,
  );
}

describe('the list of signatures', () => {
  test('says what verifying said, and which entries no signature covers', () => {
    expect(words(base)).toEqual(['os valid ', 'web valid ', 'unsigned #spec,free', 'excluded _sigs/os.json,_sigs/web.json']);
  });

  test('calls a signature broken before anybody has verified it again', () => {
    const edited = stateWith({ ...entries, 'os/x': sha('9') });
    expect(words(edited).slice(0, 2)).toEqual(['os broken os/x', 'web valid ']);
    expect(brokenNames(rowsOf(edited))).toEqual(['os']);
  });

  test('waits for the verdict of one that was made anew', () => {
    const signed = stateWith({ ...entries, 'os/x': sha('9'), '_sigs/os.json': part('os').replace('AAAA', 'AAAE') });
    expect(words(signed).slice(0, 2)).toEqual(['os checking ', 'web valid ']);
  });

  test('tells what devices see otherwise', () => {
    const state = stateWith({ 'os/x': sha('1'), '_sigs/all.json': unsignedPvs(['**'], []) });
    expect(words(state)).toContain('device #spec,_sigs/all.json,os/x');
  });

  test('names the signer by the certificate, else by whom it is trusted', () => {
    const [row] = rowsOf(base);
    expect(row?.kind === 'signature' && signerOf(row)).toBe('build server');
    expect([commonName('O=TEST ONLY, CN=Test Signer'), commonName('O=x')]).toEqual(['Test Signer', 'O=x']);
  });
});
