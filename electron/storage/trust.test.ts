import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openProfile } from './profile.ts';
import type { StoredAnchor } from './trust.ts';

const anchor: StoredAnchor = {
  id: 'a',
  kind: 'root',
  name: 'Root',
  fingerprint: 'SHA256:x',
  pem: 'PEM',
  notAfter: 9,
  addedAt: 1,
};

it('anchors outlive the program, are there once, and can be brought back after removal', () => {
  const dir = mkdtempSync(join(tmpdir(), 'trailboss-trust-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const first = openProfile(dir, () => 1);
  expect([first.trust.add(anchor), first.trust.add({ ...anchor, id: 'b' })]).toEqual([true, false]);
  first.close();
  const { trust, close } = openProfile(dir, () => 1);
  onTestFinished(close);
  expect(trust.all()).toEqual([anchor]);
  expect([trust.remove('a'), trust.remove('a'), trust.all()]).toEqual([true, false, []]);
  expect([trust.restore('a'), trust.restore('a'), trust.all()]).toEqual([true, false, [anchor]]);
});
