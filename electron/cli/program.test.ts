import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTestDevice } from '../simulator/test-device.ts';
import { version } from '../version.ts';
import { readCommandLine } from './command-line.ts';
import { exitCodeOf } from './exit-codes.ts';
import { runCommandLine } from './program.ts';
import { CompareOutput, ForecastOutput, PreflightOutput, SigLsOutput } from './schema.ts';
import { checkoutOf, exportOf, fileOf, rebooting, refused, restarting, running, testFolder, webState } from './test-states.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(args: readonly string[], options: { readonly stdin?: string; readonly colours?: boolean } = {}): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCommandLine(args, {
    stdin: (async function* () {
      yield Buffer.from(options.stdin ?? '');
    })(),
    signal: new AbortController().signal,
    now: () => Date.UTC(2026, 0, 1),
    colours: options.colours ?? false,
    out: (text) => (out += text),
    err: (text) => (err += text),
  });
  return { code, out, err };
}

async function states() {
  const folder = await testFolder();
  const [a, b, c, d] = await Promise.all([
    fileOf(folder, 'running.json', running),
    fileOf(folder, 'rebooting.json', rebooting),
    fileOf(folder, 'restarting.json', restarting),
    fileOf(folder, 'refused.json', refused),
  ]);
  return { folder, running: a, rebooting: b, restarting: c, refused: d };
}

test('a forecast says what happens and why, and its exit code says it to scripts', async () => {
  const on = await states();
  const reboot = await run(['forecast', on.running, on.rebooting]);
  expect([reboot.code, reboot.err]).toEqual([10, '']);
  expect(reboot.out).toMatch(
    /^Reboots the board\. Its one change forces it: web\/run\.json\.\n\nreboot {2}.+\n {2}pantavisor .+\n {2}changed +web\/run\.json\n$/,
  );
  const restart = await run(['forecast', on.running, on.restarting]);
  expect([restart.code, restart.out.split('\n')[0]]).toEqual([
    0,
    'Restarts web, no reboot. Becomes a checkpoint at the next reboot.',
  ]);
  const refusal = await run(['forecast', on.running, on.refused]);
  expect([refusal.code, refusal.out]).toEqual([20, expect.stringMatching(/^The device will refuse it: .+\n$/)]);
});

test('--fail-on chooses what counts', async () => {
  const on = await states();
  const codes = async (list: string) =>
    Promise.all(
      [on.rebooting, on.refused].map(async (next) => (await run(['forecast', '--fail-on', list, on.running, next])).code),
    );
  expect([await codes('reboot'), await codes('refused'), await codes('none'), await codes('refused,reboot')]).toEqual([
    [10, 0],
    [0, 20],
    [0, 0],
    [10, 20],
  ]);
  expect(exitCodeOf(new Set(['reboot', 'refused', 'fails']), new Set(['fails', 'reboot', 'refused']))).toBe(20);
  expect(exitCodeOf(new Set(['reboot', 'fails']), new Set(['fails', 'reboot']))).toBe(10);
});

test('--json keeps to its schema', async () => {
  const on = await states();
  const json = async (args: readonly string[]): Promise<unknown> => JSON.parse((await run([...args, '--json'])).out);
  expect(ForecastOutput.parse(await json(['forecast', on.running, on.rebooting]))).toMatchObject({
    exitCode: 10,
    outcome: 'reboot',
    running: { kind: 'file', argument: on.running },
    changes: [{ key: 'web/run.json', effect: 'reboot' }],
  });
  expect(ForecastOutput.parse(await json(['forecast', on.running, on.refused]))).toMatchObject({
    exitCode: 20,
    outcome: 'refused',
    stage: 'next',
    changes: [],
  });
  expect(CompareOutput.parse(await json(['compare', on.running, on.rebooting]))).toMatchObject({
    exitCode: 0,
    same: false,
    changes: [{ key: 'web/run.json', part: 'web', kind: 'changed', after: { kind: 'json' } }],
  });
  expect(PreflightOutput.parse(await json(['preflight', on.refused, '--running', on.running]))).toMatchObject({
    exitCode: 20,
    forecast: { outcome: 'refused' },
    running: { kind: 'file' },
  });
  expect(SigLsOutput.parse(await json(['sig', 'ls', on.running]))).toMatchObject({ exitCode: 0, signatures: [], trusted: false });
});

test.each(['forecast', 'compare', 'preflight', 'sig-ls', 'facts'])('the schema of %s is printed as JSON Schema', async (name) => {
  const { code, out } = await run(['schema', name]);
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ type: 'object', properties: expect.any(Object) })]);
});

test('a state is read from every form that it has', async () => {
  const on = await states();
  const checkout = await checkoutOf(on.folder, running);
  const forms = [
    [on.restarting, 'file', restarting],
    [checkout, 'checkout', running],
    [`${checkout}@commit`, 'checkout', running],
    [`${checkout}@working`, 'working-tree', restarting],
    [join(checkout, '.pvr'), 'pvr-folder', running],
    [`${join(checkout, '.pvr')}@working`, 'working-tree', restarting],
    [await exportOf(on.folder, 'export.tar', restarting), 'export', restarting],
    [await exportOf(on.folder, 'without-its-suffix.gz', restarting), 'export', restarting],
    ['-', 'stdin', restarting],
  ] as const;
  for (const [argument, kind, text] of forms) {
    const { out, err } = await run(['forecast', on.running, argument, '--json'], { stdin: restarting });
    expect(err).toBe('');
    const outcome = text === running ? [] : ['web'];
    expect(JSON.parse(out)).toMatchObject({ next: { kind, argument }, restarts: outcome, outcome: 'no-reboot' });
  }
});

test('a device is asked over its pvr endpoint, and nothing is written', async () => {
  const device = await startTestDevice({ sshPort: false });
  const on = await states();
  const address = `${device.host}:${device.httpPort}`;
  for (const argument of [address, `http://${address}/cgi-bin/pvr`]) {
    const { code, out, err } = await run(['compare', argument, argument, '--fail-on', 'changes', '--json']);
    expect([code, err]).toEqual([0, '']);
    expect(CompareOutput.parse(JSON.parse(out))).toMatchObject({ same: true, a: { kind: 'device', argument } });
  }
  const preflight = await run(['preflight', on.running, '--device', address, '--json']);
  expect(PreflightOutput.parse(JSON.parse(preflight.out))).toMatchObject({
    running: { kind: 'device' },
    forecast: expect.any(Object),
  });
});

test('a device that does not answer in time is an error with a sentence', async () => {
  const silent = createServer((socket) => socket.on('error', () => undefined));
  const port = await new Promise<number>((resolve, reject) => {
    silent.listen(0, '127.0.0.1', () => {
      const address = silent.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
      else reject(new Error('no port'));
    });
  });
  onTestFinished(() => void silent.close());
  const { code, out, err } = await run(['compare', '--timeout', '1', `127.0.0.1:${port}`, 'x']);
  expect([code, out, err.trimEnd().split('\n').length]).toEqual([1, '', 1]);
  expect(err).toContain(`127.0.0.1:${port}`);
});

test.each([
  ['a file that is not there', ['forecast', 'missing.json', 'missing.json'], 'missing.json is neither a file or folder here'],
  ['a folder that is no checkout', ['compare', '.', '.'], 'it is a folder without .pvr/json'],
  ['a login in a URL', ['compare', 'http://me:secret@h/', 'x'], 'a login has no place in it'],
  ['facts that are no JSON', ['preflight', '--facts', '-', 'FILE'], 'these facts are no JSON'],
  ['certificates that are none', ['sig', 'ls', '--cacerts', 'FILE', 'FILE'], 'there is no certificate in PEM in it'],
  ['a signature that is not there', ['sig', 'ls', 'FILE', 'web'], 'there is no signature web in it'],
])('what can not be read ends with 1 and one sentence: %s', async (_title, args, words) => {
  const on = await states();
  await mkdir(join(on.folder, 'empty'));
  const { code, out, err } = await run(
    args.map((arg) => (arg === 'FILE' ? on.running : arg === '.' ? join(on.folder, 'empty') : arg)),
  );
  expect([code, out, err.split('\n').length]).toEqual([1, '', 2]);
  expect(err).toMatch(/^trailboss: /);
  expect(err).toContain(words);
  expect(err).not.toContain('secret');
});

test('what is no state is told by compare, and by forecast as what a device makes of it', async () => {
  const on = await states();
  const broken = await fileOf(on.folder, 'broken.json', '{"#spec": ');
  expect(await run(['compare', on.running, broken])).toMatchObject({ code: 1, err: expect.stringContaining('this is no state') });
  expect(await run(['forecast', on.running, broken])).toMatchObject({ code: 20, err: '' });
  const bytes = await fileOf(on.folder, 'bytes.json', '');
  expect(await run(['forecast', on.running, bytes])).toMatchObject({ code: 20 });
});

test('preflight takes facts, and what may fail counts when asked', async () => {
  const on = await states();
  const facts = await fileOf(on.folder, 'facts.json', JSON.stringify({ revision: 'locals/../x', storage: { free: 10 } }));
  const told = await run(['preflight', '--facts', facts, on.running]);
  expect([told.code, told.err]).toEqual([20, '']);
  expect(told.out).toContain('will be refused');
  const unknown = await fileOf(on.folder, 'unknown.json', JSON.stringify({ revisoin: '1' }));
  expect(await run(['preflight', '--facts', unknown, on.running])).toMatchObject({
    code: 1,
    err: expect.stringContaining('schema facts'),
  });
  const bsp = await fileOf(
    on.folder,
    'bsp.json',
    running.replace('"web/run.json"', '"bsp/run.json":{"linux":"k","initrd":"i"},"web/run.json"'),
  );
  const [usual, asked] = [await run(['preflight', bsp]), await run(['preflight', '--fail-on', 'fails', bsp])];
  expect([usual.code, asked.code]).toEqual([0, 11]);
});

test('objects that nobody has are found where a state comes with its objects', async () => {
  const on = await states();
  const nothing = await fileOf(on.folder, 'nothing.json', '{"#spec":"pantavisor-service-system@1"}');
  const missing = async (next: string, base: string) => {
    const { out } = await run(['preflight', next, '--running', base, '--json']);
    return PreflightOutput.parse(JSON.parse(out))
      .findings.filter(({ rule }) => rule.includes('object'))
      .map(({ key }) => key);
  };
  const packed = await exportOf(on.folder, 'packed.tgz', running);
  const checkout = await checkoutOf(on.folder, running);
  expect(await missing(packed, nothing)).toEqual(['web/lxc.container.conf']);
  expect([await missing(packed, on.running), await missing(on.running, nothing)]).toEqual([[], []]);
  expect(await missing(checkout, nothing)).toEqual(['web/lxc.container.conf', 'web/root.squashfs']);
  expect(await missing(`${checkout}@working`, nothing)).toEqual([]);
});

test('what a device went through since it booted counts', async () => {
  const on = await states();
  const gone = await fileOf(on.folder, 'gone.json', webState({ policy: 'system' }));
  const { out } = await run(['forecast', '--since-boot', gone, '--since-boot', on.running, on.running, on.restarting, '--json']);
  expect(ForecastOutput.parse(JSON.parse(out)).sinceBoot.map(({ argument }) => argument)).toEqual([gone, on.running]);
});

test('nothing in a state can steer the terminal', async () => {
  const folder = await testFolder();
  const key = 'web/\\u001b]0;owned\\u0007\\u202e.txt';
  const [a, b] = ['a', 'b'].map((digit) => `{"#spec":"pantavisor-service-system@1","${key}":"${digit.repeat(64)}"}`);
  const [one, two] = [await fileOf(folder, 'a.json', a ?? ''), await fileOf(folder, 'b.json', b ?? '')];
  for (const command of ['compare', 'forecast']) {
    const { out } = await run([command, one, two]);
    expect([/[\u0000-\u0009\u000b-\u001f\u202e]/.test(out), out.includes('owned')]).toEqual([false, true]);
  }
  const coloured = await run(['compare', one, two], { colours: true });
  expect(coloured.out).toContain('\u001b[33m');
});

test('help and version', async () => {
  for (const args of [
    [],
    ['--help'],
    ['help'],
    ['forecast', '--help'],
    ['sig', 'ls', '-h'],
    ['schema', '--help'],
    ['help', 'preflight'],
  ]) {
    expect(await run(args)).toMatchObject({ code: 0, err: '', out: expect.stringContaining('trailboss') });
  }
  expect(await run(['--version'])).toEqual({ code: 0, err: '', out: `${version}\n` });
});

test.each([
  [['frocast', 'a', 'b'], 'There is no command "frocast".'],
  [['sig', 'add'], '"sig" is followed by "ls"'],
  [['forecast', 'a'], 'takes RUNNING and NEXT'],
  [['forecast', 'a', 'b', 'c'], 'takes RUNNING and NEXT'],
  [['forecast', '-', '-'], '"-" can be given once'],
  [['forecast', '--since-boot', '-', '-', 'b'], '"-" can be given once'],
  [['compare', 'a', 'b', '--facts', 'x'], 'has no option --facts'],
  [['forecast', 'a', 'b', '--fail-on', 'changes'], '--fail-on does not take "changes" here.'],
  [['forecast', 'a', 'b', '--fail-on', 'none,reboot'], '--fail-on does not take "none" here.'],
  [['forecast', 'a', 'b', '--timeout', '0'], '--timeout takes a number of seconds'],
  [['preflight', 'a', '--device', 'x', '--running', 'y'], '--device stands alone'],
  [['forecast', '--jsno', 'a', 'b'], "Unknown option '--jsno'"],
  [['schema', 'nothing'], 'takes one of'],
])('usage: %j', async (args, words) => {
  const { code, out, err } = await run(args);
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(/^trailboss: .+ See trailboss .*--help\.\n$/);
  expect(err).toContain(words);
  expect(readCommandLine(args).kind).toBe('usage');
});
