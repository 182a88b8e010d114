import { createPrivateKey, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Draft } from '../../shared/contract/draft.ts';
import { CheckoutId, DeviceId, DraftId } from '../../shared/contract/ids.ts';
import type { SignedState } from '../../shared/contract/signature.ts';
import { Drafts } from '../revisions/drafts.ts';
import { FileIntake } from '../revisions/file-intake.ts';
import { openProfile } from '../storage/profile.ts';
import type { CheckoutStates } from './checkout-states.ts';
import { keyFile, keyPath, signedRepo } from './fixture-repos.ts';
import { Signatures } from './room.ts';
import { TrustedSigners } from './trusted-signers.ts';

const now = () => Date.UTC(2026, 10, 1);
const signal = AbortSignal.timeout(20_000);
const es256 = { keyPath: keyPath('es256.key.pem'), chainPath: keyPath('es256.chain.pem') };

async function bench() {
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-signatures-'));
  const profile = openProfile(dir, now);
  onTestFinished(() => {
    profile.close();
    rmSync(dir, { recursive: true, force: true });
  });
  const { text } = await signedRepo('signed-ok');
  const states = { read: async (_device: string, revision: string) => ({ revision, text }) };
  const deviceId = DeviceId.parse('d');
  profile.devices.save({ id: deviceId, name: 'd', connection: null, demo: undefined, addedAt: 1 });
  const drafts = new Drafts({
    drafts: profile.drafts,
    objects: profile.objects,
    intake: new FileIntake(profile.objects),
    states,
    now,
  });
  const files = new Map<string, string>();
  const checkouts: CheckoutStates = {
    state: async () => text,
    writeSignatures: async (_id, written) => {
      for (const [path, body] of written) files.set(path, body);
    },
    removeFiles: async (_id, paths) => {
      for (const path of paths) files.set(path, 'removed');
    },
  };
  const signers = new TrustedSigners(profile.trust, now);
  await signers.add({ path: keyPath('root.pem') });
  const signatures = new Signatures({ drafts, states, checkouts, signers, now });
  const draft = drafts.createWith({ deviceId, base: { revision: '1', text }, text, objects: [], title: '' });
  const of: SignedState = { kind: 'draft', draftId: draft.id };
  const verdicts = async (at: SignedState = of) =>
    (await signatures.report(at, signal)).signatures.map(({ name, verdict }) => `${name} ${verdict}`);
  return { dir, signatures, signers, drafts, draft, of, verdicts, files, deviceId, text };
}

const edit = (drafts: Drafts, draft: Draft) => drafts.setJson(draft.id, draft.version, 'os/run.json', '{"name":"os"}');

test('a draft’s edit breaks a signature, and signing it again mends it as one step', async () => {
  const { signatures, drafts, draft, of, verdicts, text } = await bench();
  expect(await verdicts()).toEqual(['nginx valid', 'os valid']);
  const edited = edit(drafts, draft);
  expect(await verdicts()).toEqual(['nginx valid', 'os broken']);
  const again = [
    { kind: 'again', name: 'os' },
    { kind: 'again', name: 'nginx' },
  ] as const;
  const made = await signatures.sign(of, edited.version, again, es256, signal);
  expect(made).toEqual({ names: ['os', 'nginx'], warnings: [] });
  expect(await verdicts()).toEqual(['nginx valid', 'os valid']);
  const after = drafts.get(draft.id);
  expect([after.version, after.undo]).toEqual([edited.version + 1, 'sign os, nginx']);
  drafts.undo(draft.id, after.version);
  expect(await verdicts()).toEqual(['nginx valid', 'os broken']);
  expect(text).toBe(draft.text);
});

test('a draft that has moved on is a conflict, and stays as it is', async () => {
  const { signatures, drafts, draft, of } = await bench();
  const edited = edit(drafts, draft);
  const late = signatures.sign(of, draft.version, [{ kind: 'again', name: 'os' }], es256, signal);
  await expect(late).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(drafts.get(draft.id).version).toBe(edited.version);
});

test('an external signer is handed what it needs, and what it gives back is verified before it is kept', async () => {
  const { signatures, drafts, draft, of, verdicts } = await bench();
  const edited = edit(drafts, draft);
  const scope = { kind: 'part', part: 'os', config: true } as const;
  const out = await signatures.payload(of, scope, { chainPath: es256.chainPath }, signal);
  const key = createPrivateKey(keyFile('es256.key.pem'));
  const signature = sign('sha256', Buffer.from(out.signingInput), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  const jws = z.record(z.string(), z.string()).parse(JSON.parse(out.jws));
  expect(jws.signature).toBe('');
  const take = (text: string) => signatures.take(of, edited.version, 'os', text, signal);
  await expect(take(out.jws)).rejects.toThrow('no signature yet');
  await expect(take('{}')).rejects.toThrow('no flattened JWS');
  await expect(take(JSON.stringify({ ...jws, signature: 'AAAA' }))).rejects.toThrow('does not fit');
  expect(await take(JSON.stringify({ ...jws, signature }))).toMatchObject({ name: 'os', verdict: 'valid' });
  expect(await verdicts()).toEqual(['nginx valid', 'os valid']);
  expect(drafts.get(draft.id).text).not.toContain('"payload"');
});

test('what `pvr sig ls --with-sigs` printed is taken, the one that fits', async () => {
  const { signatures, drafts, draft, of, verdicts } = await bench();
  const listed = z.object({ sigs: z.array(z.unknown()) });
  const [, withSigs] = (await signedRepo('signed-ok')).listings;
  const removed = drafts.remove(draft.id, draft.version, ['_sigs/os.json']);
  expect(await verdicts()).toEqual(['nginx valid']);
  const text = withSigs?.stdoutRaw ?? '';
  expect(listed.parse(JSON.parse(text)).sigs).toHaveLength(2);
  await signatures.take(of, removed.version, 'os', text, signal);
  expect(await verdicts()).toContain('os valid');
});

test('a revision is looked at and not changed; a checkout’s files are written', async () => {
  const { signatures, verdicts, files, deviceId } = await bench();
  const revision: SignedState = { kind: 'revision', deviceId, revision: '1' };
  expect(await verdicts(revision)).toEqual(['nginx valid', 'os valid']);
  const scopes = [{ kind: 'again', name: 'os' }] as const;
  await expect(signatures.sign(revision, undefined, scopes, es256, signal)).rejects.toThrow('can’t be changed');
  const checkout: SignedState = { kind: 'checkout', id: CheckoutId.parse('c'), which: 'working' };
  await signatures.sign(checkout, undefined, scopes, es256, signal);
  await signatures.remove(checkout, undefined, 'nginx', signal);
  expect([...files.keys()]).toEqual(['_sigs/os.json', '_sigs/nginx.json']);
});

test('a draft’s signature is removed and comes back by undo', async () => {
  const { signatures, drafts, draft, of, verdicts } = await bench();
  await signatures.remove(of, draft.version, 'os', signal);
  expect(await verdicts()).toEqual(['nginx valid']);
  drafts.undo(draft.id, drafts.get(draft.id).version);
  expect(await verdicts()).toEqual(['nginx valid', 'os valid']);
  await expect(signatures.remove(of, undefined, 'nope', signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('whom to trust: certificates and keys once each, never a private key', async () => {
  const { dir, signers, verdicts } = await bench();
  expect(signers.list()).toMatchObject([{ kind: 'root', name: 'Test Root CA', fingerprint: expect.stringMatching(/^SHA256:/) }]);
  expect(await signers.add({ pem: keyFile('both-roots.pem') })).toBe(1);
  expect(await signers.add({ pem: keyFile('es256.pub.pem'), name: 'build server' })).toBe(1);
  expect(signers.list().map(({ name }) => name)).toContain('build server');
  const first = signers.list().find(({ name }) => name === 'Test Root CA');
  for (const one of signers.list()) signers.remove(one.id);
  expect(await verdicts()).toEqual(['nginx untrusted', 'os untrusted']);
  signers.restore(first?.id ?? '');
  expect(await verdicts()).toEqual(['nginx valid', 'os valid']);
  await expect(signers.add({ pem: keyFile('es256.key.pem') })).rejects.toThrow('private key');
  const file = join(dir, 'note.txt');
  writeFileSync(file, 'hello');
  await expect(signers.add({ path: file })).rejects.toThrow('no certificate');
  await expect(signers.add({ path: join(dir, 'none.pem') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('nothing is known of a draft that is gone', async () => {
  const { verdicts } = await bench();
  await expect(verdicts({ kind: 'draft', draftId: DraftId.parse('gone') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
