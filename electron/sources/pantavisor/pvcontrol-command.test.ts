import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { CtrlBody } from './ctrl-carrier.ts';
import { pvcontrolCommand } from './pvcontrol-carrier.ts';

const sha = 'a'.repeat(64);
const json = (value: unknown): CtrlBody => ({ kind: 'json', text: JSON.stringify(value) });
const upload: CtrlBody = { kind: 'upload', size: 42, open: async function* () {} };
const bytes: CtrlBody = { kind: 'bytes', bytes: new Uint8Array() };

describe('pvcontrolCommand', () => {
  it.each([
    ['GET', '/steps', undefined, 'pvcontrol steps ls'],
    ['GET', '/steps/current', undefined, 'pvcontrol steps get current'],
    ['GET', '/steps/locals/x', undefined, 'pvcontrol steps get locals/x'],
    ['GET', '/steps/locals/x/progress', undefined, 'pvcontrol steps show-progress locals/x'],
    ['GET', '/objects', undefined, 'pvcontrol objects ls'],
    ['GET', '/groups', undefined, 'pvcontrol groups ls'],
    ['GET', '/device-meta', undefined, 'pvcontrol devmeta ls'],
    ['PUT', `/objects/${sha}`, upload, `pvcontrol objects put -42 ${sha}`],
    ['PUT', '/containers/web', json({ action: 'restart' }), 'pvcontrol containers restart web'],
    ['POST', '/commands', json({ op: 'LOCAL_RUN', payload: 'locals/x' }), 'pvcontrol cmd run locals/x'],
    ['POST', '/commands', json({ op: 'REBOOT_DEVICE', payload: '' }), 'pvcontrol cmd reboot'],
    ['POST', '/commands', json({ op: 'GO_REMOTE', payload: '' }), 'pvcontrol cmd go-remote'],
    ['DELETE', '/user-meta/site.lab', undefined, 'pvcontrol usrmeta delete site.lab'],
  ] as const)('%s %s', (method, path, body, command) => {
    expect(pvcontrolCommand({ method, path, ...(body === undefined ? {} : { body }) })).toBe(command);
  });

  it('takes a state over a file of its own', () => {
    expect(pvcontrolCommand({ method: 'PUT', path: '/steps/locals/x', body: bytes })).toContain(
      'pvcontrol steps put "$f" locals/x',
    );
  });

  it('takes a value of metadata as it is, line ends and all', () => {
    const command = pvcontrolCommand({ method: 'PUT', path: '/user-meta/keys', body: bytes });
    const script = `pvcontrol() { printf '%s|' "$@"; }; ${command}`;
    const run = (input: string) => spawnSync('sh', ['-c', script], { input, encoding: 'utf8' });
    expect(run('ssh-ed25519 A\n$HOME "b"\n\n').stdout).toBe('usrmeta|save|keys|ssh-ed25519 A\n$HOME "b"\n\n|');
    expect(run('@/etc/passwd')).toMatchObject({ status: 22, stdout: '' });
  });

  it('has no form for anything else', () => {
    expect(() => pvcontrolCommand({ method: 'POST', path: '/storage/gc' })).toThrow(RangeError);
    expect(() =>
      pvcontrolCommand({ method: 'POST', path: '/commands', body: json({ op: 'POWEROFF_DEVICE', payload: '' }) }),
    ).toThrow(RangeError);
  });
});
