import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimProfile } from './instance.ts';

let profile: string;
let other: ChildProcess | undefined;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'trailboss-instance-'));
});
afterEach(async () => {
  other?.kill('SIGKILL');
  await rm(profile, { recursive: true });
});

/** Another process that claims the profile and keeps it. */
async function startOther(): Promise<ChildProcess> {
  const module = new URL('./instance.ts', import.meta.url).href;
  const script = `const { claimProfile } = await import(${JSON.stringify(module)});
    const claim = claimProfile(${JSON.stringify(profile)}, 'browser');
    claim.setOrigin('http://127.0.0.1:4780');
    console.log(claim.kind);
    setInterval(() => undefined, 1000);`;
  other = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (other.stdout !== null) await once(other.stdout, 'data');
  return other;
}

test('one process at a time has a profile, and the next one learns which', async () => {
  const { pid } = await startOther();
  expect(claimProfile(profile, 'electron')).toEqual({
    kind: 'taken',
    by: { pid, host: 'browser', origin: 'http://127.0.0.1:4780' },
  });
});

test('the claim ends with its process, also when that is killed', async () => {
  const process = await startOther();
  process.kill('SIGKILL');
  await once(process, 'exit');
  const claim = claimProfile(profile, 'browser');
  expect(claim.kind).toBe('claimed');
  if (claim.kind === 'claimed') claim.release();
});

test('a claim that is released can be made again', () => {
  for (const host of ['browser', 'electron'] as const) {
    const claim = claimProfile(profile, host);
    expect(claim.kind).toBe('claimed');
    if (claim.kind === 'claimed') claim.release();
  }
});
