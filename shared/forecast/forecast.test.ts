/** What holds for any texts, and what the recorded verdicts do not say: words, parts, kinds, memory. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Change, type Forecast, forecast, readDeviceModel } from './index.ts';

const spec = 'pantavisor-service-system@1';
const container = (name: string, more: object = {}) => ({
  name,
  type: 'lxc',
  'root-volume': 'root.squashfs',
  volumes: [],
  ...more,
});
const sha = (digit: string) => digit.repeat(64);

function realisticState(changes: Record<string, unknown> = {}): string {
  const entries: Record<string, unknown> = {
    '#spec': spec,
    '_config/web/etc/web.conf': sha('1'),
    '_sigs/web.json': { protected: 'e30', signature: 's' },
    'bsp/kernel.img': sha('2'),
    'bsp/run.json': { linux: 'kernel.img', initrd: 'pantavisor', addons: [] },
    'os/root.squashfs': sha('3'),
    'os/run.json': container('os', { group: 'root' }),
    'os/src.json': { template: 'builtin-lxc-docker' },
    'web/root.squashfs': sha('4'),
    'web/run.json': container('web', { group: 'app', logs: [{ file: '/var/log/x' }], services: { required: [] } }),
    ...changes,
  };
  const given = Object.entries(entries).filter(([, value]) => value !== undefined);
  return JSON.stringify(Object.fromEntries(given));
}

function changesOf(result: Forecast): readonly Change[] {
  if (result.kind !== 'move') throw new Error(`no move but ${result.kind}: ${result.reason}`);
  return result.changes;
}

/** A repeated key with two values differs for the device even from itself: it compares each of them with the last. */
function isAcceptedWithoutRepeatedKeys(text: string): boolean {
  const reading = readDeviceModel(text);
  if (reading.kind !== 'accepted') return false;
  const { entries } = reading.model;
  return new Set(entries.map(({ key }) => key)).size === entries.length;
}

const brief = (changes: readonly Change[]) =>
  changes.map(({ key, part, kind, effect, rule }) => [key, part, kind, effect, rule.id]);

describe('for any text', () => {
  /** A realistic state with pieces cut out, doubled, or replaced by what means something to a JSON reader. */
  const mutated = fc
    .array(
      fc.record({
        at: fc.nat(realisticState().length),
        cut: fc.nat(12),
        put: fc.constantFrom(
          '',
          '{',
          '}',
          '[',
          ']',
          '"',
          ':',
          ',',
          '\\',
          '\\u00',
          '/',
          '\0',
          'é',
          '"groups.json"',
          '"#spec":1,',
          '"name"',
          'null',
          ' ',
        ),
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((edits) => edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), realisticState()));
  const jsonLike = fc.string({
    unit: fc.constantFrom(...'{}[]":,\\/ \n', 'u', 'a', '1', '#spec', 'run.json', 'é', '\0'),
    maxLength: 60,
  });
  const anyState = fc
    .dictionary(
      fc.constantFrom(
        'a/run.json',
        '_config/a/x',
        'groups.json',
        'device.json',
        'disks.json',
        'disks_v3.json',
        'bsp/run.json',
        'bsp/drivers.json',
        'd',
        'a/services.json',
      ),
      fc.jsonValue(),
    )
    .map((entries) => JSON.stringify({ '#spec': spec, ...entries }));
  const anyText = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), jsonLike, fc.json(), anyState, mutated);

  test('never throws, and always gives a reason', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.array(mutated, { maxLength: 2 }), (running, next, sinceBoot) => {
        const result = forecast(running, next, { sinceBoot });
        if (result.kind !== 'move') expect(result.reason).not.toBe('');
        else for (const { rule } of result.changes) expect(rule.text).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  test('a state that the device accepts, compared with itself, changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, anyState, jsonLike), (text) => {
        fc.pre(isAcceptedWithoutRepeatedKeys(text));
        const expected = {
          kind: 'move',
          transition: 'non-reboot',
          restarts: [],
          starts: [],
          stops: [],
          checkpoint: false,
          changes: [],
        };
        expect(forecast(text, text)).toEqual(expected);
        expect(forecast(text, text, { sinceBoot: [text, text] })).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });

  test('a reboot has a reason and touches no single container; without one the changes agree with the containers', () => {
    fc.assert(
      fc.property(mutated, mutated, (running, next) => {
        const result = forecast(running, next);
        if (result.kind !== 'move') return;
        const forced = result.changes.some(({ effect }) => effect === 'reboot');
        expect(forced).toBe(result.transition === 'reboot');
        expect(result.checkpoint).toBe(forced);
        const touched = [...result.restarts, ...result.starts, ...result.stops];
        if (forced) expect(touched).toEqual([]);
        else for (const { effect, part } of result.changes) if (effect === 'restart') expect(touched).toContain(part);
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ['brackets that never close', '['.repeat(300_000)],
    ['objects in objects', `{"#spec":"${spec}","a.json":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['a manifest of lists', `{"#spec":"${spec}","a/run.json":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    [
      'disks that lead astray',
      `{"#spec":"${spec}","disks_v3.json":[${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}${',1'.repeat(30_000)}]}`,
    ],
    ['a timeout of many digits', `{"#spec":"${spec}","groups.json":[{"name":"a","timeout":"${'0'.repeat(500_000)}"}]}`],
  ])('survives %s', (_, text) => {
    const other = text.replace('1}', '1 }');
    expect(['move', 'refused']).toContain(forecast(text, other).kind);
  });
});

describe('changes', () => {
  test('those that force a reboot come first, then restarts, then those without effect', () => {
    const next = realisticState({
      '_config/web/etc/web.conf': sha('a'),
      '_sigs/web.json': { protected: 'e30', signature: 't' },
      'bsp/kernel.img': sha('b'),
      'os/run.json': container('os', { group: 'root', restart_policy: 'container' }),
      'os/src.json': undefined,
      'web/new.json': {},
    });
    expect(brief(changesOf(forecast(realisticState(), next)))).toEqual([
      ['os/run.json', 'os', 'changed', 'reboot', 'running-policy-system'],
      ['bsp/kernel.img', 'bsp', 'changed', 'reboot', 'no-owner'],
      ['web/new.json', 'web', 'added', 'restart', 'container-restarts'],
      ['_config/web/etc/web.conf', 'web', 'changed', 'restart', 'container-restarts'],
      ['_sigs/web.json', 'none', 'changed', 'none', 'signature'],
      ['os/src.json', 'os', 'removed', 'none', 'tool-file'],
    ]);
  });

  test('the same value written otherwise is formatting, and still has its effect', () => {
    const next = realisticState().replace(
      '"linux":"kernel.img","initrd":"pantavisor"',
      '"initrd":"pant\\u0061visor", "linux":"kernel.img"',
    );
    expect(brief(changesOf(forecast(realisticState(), next)))).toEqual([
      ['bsp/run.json', 'bsp', 'formatting-only', 'reboot', 'no-owner'],
    ]);
  });

  test('a policy is explained with where it comes from', () => {
    const next = realisticState({ 'os/root.squashfs': sha('c'), 'web/run.json': container('web', { group: 'platform' }) });
    const texts = changesOf(forecast(realisticState(), next)).map(({ rule }) => rule.text);
    expect(texts).toEqual([
      'web will have restart policy system (from its group platform).',
      'os runs with restart policy system (from its group root).',
    ]);
  });

  test('entries that the device does not look at say why', () => {
    const withDevice = { 'device.json': { groups: [{ name: 'root', restart_policy: 'system' }, { name: 'app' }] } };
    const running = realisticState({ ...withDevice, d: 1, 'web/x': null });
    const next = realisticState({ ...withDevice, d: 2, 'web/x': 'null', 'groups.json': [] });
    expect(brief(changesOf(forecast(running, next)))).toEqual([
      ['d', 'none', 'changed', 'none', 'reserved-prefix'],
      ['web/x', 'web', 'changed', 'none', 'same-text'],
      ['groups.json', 'none', 'added', 'none', 'device-json-wins'],
    ]);
  });

  test('a repeated key with two values is a change even without one', () => {
    const twice = realisticState().replace('"web/run.json"', `"web/x":"${sha('5')}","web/x":"${sha('6')}","web/run.json"`);
    expect(brief(changesOf(forecast(twice, twice)))).toEqual([['web/x', 'web', 'changed', 'restart', 'container-restarts']]);
    const once = realisticState().replace('"web/run.json"', `"web/x":"${sha('6')}","web/run.json"`);
    expect(brief(changesOf(forecast(once, twice)))).toEqual([['web/x', 'web', 'changed', 'none', 'repeated-key']]);
  });

  test('containers that come and go', () => {
    const next = realisticState({
      'web/run.json': undefined,
      'web/root.squashfs': undefined,
      '_config/web/etc/web.conf': undefined,
      'api/run.json': container('api', { group: 'app' }),
    });
    const result = forecast(realisticState(), next);
    expect(result).toMatchObject({ transition: 'non-reboot', restarts: [], starts: ['api'], stops: ['web'] });
    expect(brief(changesOf(result))).toEqual([
      ['web/run.json', 'web', 'removed', 'restart', 'container-stops'],
      ['api/run.json', 'api', 'added', 'restart', 'container-starts'],
      ['web/root.squashfs', 'web', 'removed', 'restart', 'container-stops'],
      ['_config/web/etc/web.conf', 'web', 'removed', 'restart', 'container-stops'],
    ]);
  });
});

describe('memory since boot', () => {
  const booted = realisticState();
  const leftOver = realisticState({ 'web/run.json': undefined });

  test('entries of a removed container are forgotten, and force a reboot though the texts are the same', () => {
    expect(forecast(leftOver, leftOver)).toMatchObject({ transition: 'non-reboot', changes: [] });
    const result = forecast(leftOver, leftOver, { sinceBoot: [booted] });
    expect(brief(changesOf(result))).toEqual([
      ['web/root.squashfs', 'none', 'added', 'reboot', 'forgotten-entry'],
      ['_config/web/etc/web.conf', 'none', 'added', 'reboot', 'forgotten-entry'],
    ]);
  });

  test('taking forgotten entries out has no effect', () => {
    const clean = realisticState({
      'web/run.json': undefined,
      'web/root.squashfs': undefined,
      '_config/web/etc/web.conf': undefined,
    });
    const result = forecast(leftOver, clean, { sinceBoot: [booted] });
    expect(result).toMatchObject({ transition: 'non-reboot', stops: [] });
    expect(changesOf(result).map(({ rule }) => rule.id)).toEqual(['already-forgotten', 'already-forgotten']);
  });

  test('a new container whose group the running device does not have crashes the move', () => {
    const bare = JSON.stringify({ '#spec': 'pantavisor-multi-platform@1' });
    const next = JSON.stringify({ '#spec': spec, 'web/run.json': container('web', { group: 'app' }) });
    expect(forecast(bare, next)).toMatchObject({ kind: 'crash', stage: 'move' });
  });
});
