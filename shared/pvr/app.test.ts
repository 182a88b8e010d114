/** Apps are rendered and edited as the real pvr does it, on every recorded install (fixtures of shared/state). */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { AppEdit } from '../contract/checkout.ts';
import { canonicalize } from '../state/canonical.ts';
import { type AppFiles, editApp } from './app-edit.ts';
import { effectiveGroup, renderRunJson } from './app-run-json.ts';
import { readAppSource } from './app-source.ts';
import { appView } from './app-view.ts';
import { lastGroupOf } from './groups-json.ts';

const Installed = z.object({
  srcJson: z.string(),
  runJsonText: z.string(),
  runJson: z.unknown(),
  runJsonCanonical: z.string().nullish(),
  lxcContainerConfSha: z.string().nullable(),
});
const Changed = z.record(z.string(), z.unknown());
const App = z.object({
  name: z.string(),
  groupsJson: z.array(z.unknown()).nullable(),
  before: Installed,
  edits: z.array(
    z.object({
      label: z.string(),
      argChanges: Changed,
      after: Installed,
      runJsonChangedKeys: Changed.nullable(),
      confUnchanged: z.boolean(),
    }),
  ),
});

const fixtures = new URL('../state/fixtures/', import.meta.url);
const apps = readdirSync(fixtures)
  .filter((file) => file.startsWith('app-'))
  .map((file) => {
    const app = App.parse(JSON.parse(gunzipSync(readFileSync(new URL(file, fixtures))).toString('utf8')));
    return { ...app, file, groups: app.groupsJson === null ? undefined : JSON.stringify(app.groupsJson) };
  });
const edits = apps.flatMap((app) => app.edits.map((edit) => ({ ...edit, app, title: `${app.file}: ${edit.label}` })));

function filesOf(app: (typeof apps)[number]): AppFiles {
  return { name: app.name, src: app.before.srcJson, run: app.before.runJsonText, groups: app.groups };
}

function render(name: string, src: string, groups: string | undefined) {
  const reading = readAppSource(src);
  if (!reading.ok) throw new Error(reading.reason);
  return renderRunJson(name, reading.source, effectiveGroup(reading.source, lastGroupOf(groups)));
}

/** The same change as the screen would ask for; undefined where it has no such edit. */
function asEdit(changes: Record<string, unknown>): AppEdit | undefined {
  const names = new Map([
    ['PV_RESTART_POLICY', 'restartPolicy'],
    ['PV_GROUP', 'group'],
    ['PV_STATUS_GOAL', 'statusGoal'],
    ['PV_ROLES', 'roles'],
  ]);
  const entries = Object.entries(changes).map(([arg, value]) => [names.get(arg) ?? '?', value]);
  const parsed = z.strictObject(AppEdit.shape).safeParse(Object.fromEntries(entries));
  return parsed.success ? parsed.data : undefined;
}

const offered = edits.flatMap((edit) => {
  const wish = asEdit(edit.argChanges);
  return wish === undefined ? [] : [{ ...edit, wish }];
});

test('there are the seven apps of the real pvr', () => {
  expect([apps.length, edits.length, offered.length]).toEqual([7, 31, 24]);
});

test.each([...apps.map((app) => ({ title: app.file, app, after: app.before })), ...edits])(
  'run.json is rendered as pvr does: $title',
  ({ app, after }) => {
    const rendering = render(app.name, after.srcJson, app.groups);
    if (!rendering.ok) throw new Error(rendering.reason);
    if (after.runJson === null) {
      expect([rendering.deviations.length, JSON.parse(rendering.text)]).toEqual([1, expect.any(Object)]);
    } else {
      expect([rendering.text, rendering.deviations]).toEqual([after.runJsonText, []]);
      expect(canonicalize(rendering.text)).toBe(after.runJsonCanonical);
    }
  },
);

test.each(offered)(
  'an edit gives what pvr app install gives, or is refused because it changes the LXC configuration: $title',
  (edit) => {
    const wish = asEdit(edit.argChanges);
    if (wish === undefined) return;
    const done = editApp(filesOf(edit.app), wish);
    if (!edit.confUnchanged) {
      expect(done).toEqual({ ok: false, reason: expect.stringContaining('lxc.container.conf') });
      return;
    }
    if (!done.ok) throw new Error(done.reason);
    expect(canonicalize(done.src)).toBe(canonicalize(edit.after.srcJson));
    expect(canonicalize(done.run)).toBe(edit.after.runJsonCanonical);
    expect(changedKeys(edit.app.before.runJsonText, done.run)).toEqual(Object.keys(edit.runJsonChangedKeys ?? {}).sort());
  },
);

function changedKeys(before: string, after: string): readonly string[] {
  const [a, b] = [before, after].map(
    (text) => new Map(Object.entries(z.record(z.string(), z.unknown()).parse(JSON.parse(text)))),
  );
  const keys = new Set([...(a?.keys() ?? []), ...(b?.keys() ?? [])]);
  return [...keys].filter((key) => JSON.stringify(a?.get(key)) !== JSON.stringify(b?.get(key))).sort();
}

const app = (file: string) => {
  const found = apps.find((candidate) => candidate.file === `app-${file}.json.gz`);
  if (found === undefined) throw new Error(file);
  return found;
};
const done = (files: AppFiles, edit: AppEdit) => {
  const result = editApp(files, edit);
  if (!result.ok) throw new Error(result.reason);
  return result;
};

test('nothing but what was asked changes in either text', () => {
  const files = filesOf(app('db'));
  const odd = {
    ...files,
    src: files.src.replace('"args": {', '"of somebody else": 1.50,\n    "args": {\n  "BIG": 12345678901234567890,'),
  };
  const { src, run } = done(odd, { restartPolicy: 'system' });
  expect(src).toBe(odd.src.replace('"PV_RESTART_POLICY": "container"', '"PV_RESTART_POLICY": "system"'));
  expect(run).toBe((files.run ?? '').replace('"restart_policy": "container"', '"restart_policy": "system"'));
});

test('an edit and the one that takes it back leave the texts byte for byte', () => {
  const files = filesOf(app('os'));
  const added = done(files, { restartPolicy: 'system', group: 'root', roles: ['mgmt'], statusGoal: 'READY' });
  const back = done({ ...files, ...added }, { restartPolicy: null, group: null, roles: null, statusGoal: null });
  expect([back.src, canonicalize(back.run)]).toEqual([files.src, canonicalize(files.run ?? '')]);
  expect(done(files, { restartPolicy: null, persistence: {} })).toEqual({ ok: true, src: files.src, run: files.run });
});

test('what differed in run.json before differs still', () => {
  const files = filesOf(app('web'));
  const run = (files.run ?? '').replace('"group": "app"', '"group": "root", "mine": [1.0]');
  const drifted = { ...files, run };
  expect(appView(drifted, []).drift).toEqual(['group', 'mine']);
  expect(done(drifted, { restartPolicy: 'container' }).run).toBe(run.replace('"system"', '"container"'));
  expect(done(drifted, { group: 'platform' }).run).toBe(run.replace('"root"', '"platform"'));
});

test('persistence changes in both, under the path as src.json writes it', () => {
  const files = filesOf(app('os'));
  const { src, run } = done(files, { persistence: { '/var/lib': 'boot', '/data/x': 'revision@fast', 'lxc-overlay': null } });
  expect(JSON.parse(src)).toMatchObject({ persistence: { '/var/lib/': 'boot', '/data/x': 'revision@fast' } });
  expect(JSON.parse(run)).toMatchObject({
    storage: {
      'docker--var-lib': { persistence: 'boot' },
      'docker--data-x': { persistence: 'revision', disk: 'fast' },
      'lxc-overlay': { persistence: 'boot' },
    },
  });
  expect(render('os', src, files.groups)).toMatchObject({ ok: true });
  expect(appView({ ...files, src, run }, [])).toMatchObject({
    drift: [],
    persistence: [
      { volume: '/data/x', persistence: 'revision@fast', own: true },
      { volume: '/var/lib', persistence: 'boot', own: true },
      { volume: 'lxc-overlay', persistence: 'boot', own: false },
    ],
  });
  expect(JSON.parse(done(files, { persistence: { '/var/lib': null } }).run)).toMatchObject({
    storage: { 'docker--var-lib': { persistence: 'permanent' } },
  });
});

test.each([
  ['a volume that is none yet', 'os', { persistence: { '/new': 'boot' } }, 'is no volume of this app yet'],
  ['a volume that the image has not', 'db', { persistence: { '/db': null } }, 'would be no volume any more'],
  ['a persistence that no device knows', 'db', { persistence: { '/db': 'forever' } }, 'is no persistence'],
  ['to MOUNTED', 'web', { statusGoal: 'MOUNTED' }, 'does not delete it'],
  ['from MOUNTED', 'conf', { statusGoal: null }, 'needs an lxc.container.conf'],
] as const)('refused with a sentence: %s', (_title, name, edit, words) => {
  expect(editApp(filesOf(app(name)), edit)).toEqual({ ok: false, reason: expect.stringContaining(words) });
});

test.each([
  ['no JSON', '{', 'src.json is no JSON'],
  ['a list', '[]', 'no JSON object'],
  ['args that are a text', '{"args":"x"}', '"args" in src.json is no JSON object'],
  ['a group that is a number', '{"args":{"PV_GROUP":1}}', 'PV_GROUP in src.json is no text'],
  ['a member that is there twice', '{"args":{},"args":{}}', '"args" is in src.json twice'],
  ['a name of the image that is a number', '{"docker_name":1}', '"docker_name" in src.json is no text'],
  ['another template', '{"docker_name":"a","template":"own"}', 'the template own'],
  ['an app of another repository', '{"pvr":"https://x/y#app","template":"builtin-lxc-docker"}', 'leaves its run.json as it came'],
])('a src.json that pvr can not install is named: %s', (_title, src, words) => {
  const files = { name: 'a', src, run: '{}', groups: undefined };
  expect(appView(files, []).problem).toContain(words);
  expect(editApp(files, { restartPolicy: 'system' })).toEqual({ ok: false, reason: expect.stringContaining(words) });
});

test('a run.json that pvr wrote wrongly is said so, and the next edit mends it', () => {
  const { app: cond, after } = edits.find(({ label }) => label.startsWith('two volumes')) ?? {};
  if (cond === undefined || after === undefined) throw new Error('no such edit');
  const broken = { name: cond.name, src: after.srcJson, run: after.runJsonText, groups: cond.groups };
  expect(appView(broken, []).problem).toContain('joins two or more volumes wrongly');
  expect(JSON.parse(done(broken, { restartPolicy: 'container' }).run)).toMatchObject({
    restart_policy: 'container',
    volumes: ['one.squashfs', 'two.squashfs'],
  });
});

test('groups: an app without one gets the last, one with a run level or an empty text none', () => {
  const groups = '[{"name":"first"},{"name":"last"}]';
  const of = (args: string, text: string | undefined) =>
    appView({ name: 'a', src: `{"args":${args}}`, run: '{}', groups: text }, []);
  expect(of('{}', groups).effectiveGroup).toBe('last');
  expect(of('{"PV_GROUP":null}', groups).effectiveGroup).toBe('last');
  expect(of('{"PV_GROUP":""}', groups).effectiveGroup).toBeUndefined();
  expect(of('{"PV_RUNLEVEL":"root"}', groups).effectiveGroup).toBeUndefined();
  expect(of('{}', undefined).effectiveGroup).toBeUndefined();
  expect(of('{}', '{"groups":[]}').effectiveGroup).toBeUndefined();
});

test('any text for a member of src.json renders to valid JSON, or to a sentence', () => {
  const args = fc.dictionary(
    fc.constantFrom('PV_GROUP', 'PV_RESTART_POLICY', 'PV_ROLES', 'PV_RUNLEVEL', 'PV_DRIVERS_MANUAL'),
    fc.jsonValue(),
  );
  const persistence = fc.dictionary(fc.string(), fc.string());
  fc.assert(
    fc.property(args, persistence, fc.string(), (some, kept, name) => {
      const src = JSON.stringify({
        template: 'builtin-lxc-docker',
        docker_name: 'x',
        docker_config: {},
        args: some,
        persistence: kept,
      });
      const reading = readAppSource(src);
      if (!reading.ok) return reading.reason.endsWith('.');
      const rendering = renderRunJson(name, reading.source, effectiveGroup(reading.source, undefined));
      return rendering.ok ? typeof JSON.parse(rendering.text) === 'object' : rendering.reason.endsWith('.');
    }),
    { numRuns: 200 },
  );
});
