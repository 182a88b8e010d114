import fc from 'fast-check';
import { compareStates } from '../../shared/compare/compare.ts';
import { jsonDiff } from '../../shared/compare/json-diff.ts';
import { forecast } from '../../shared/forecast/index.ts';
import { preflight } from '../../shared/forecast/preflight.ts';
import { editApp } from '../../shared/pvr/app-edit.ts';
import { appView } from '../../shared/pvr/app-view.ts';
import { commitLosses } from '../../shared/pvr/commit-loss.ts';
import { parseConfig } from '../../shared/pvr/config.ts';
import { pvrDiff, TooLargeForPvr } from '../../shared/pvr/diff.ts';
import { unsafeKeys } from '../../shared/pvr/key-safety.ts';
import { mergePatch } from '../../shared/pvr/merge-patch.ts';
import { parseNewFiles } from '../../shared/pvr/new-files.ts';
import { takeParts } from '../../shared/pvr/parts.ts';
import { parsePristine } from '../../shared/pvr/pristine.ts';
import { readReference } from '../../shared/pvr/reference.ts';
import { coverageOf } from '../../shared/signatures/coverage.ts';
import { readPvs } from '../../shared/signatures/pvs.ts';
import { canonicalize } from '../../shared/state/canonical.ts';
import { CanonicalNumberError } from '../../shared/state/canonical-number.ts';
import { containersOf } from '../../shared/state/containers.ts';
import { groupsOf } from '../../shared/state/groups.ts';
import { JsonSyntaxError } from '../../shared/state/json.ts';
import { partsOf } from '../../shared/state/parts.ts';
import { parseState } from '../../shared/state/state.ts';
import { sound } from './soundness.ts';
import { type Target, target } from './target.ts';

const ours = [JsonSyntaxError, CanonicalNumberError, TooLargeForPvr];
const sha = 'a'.repeat(64);
const start = '{"#spec":"pantavisor-service-system@1"';
const many = <T>(count: number, make: (at: number) => T): readonly T[] => Array.from({ length: count }, (_value, at) => make(at));
const run = (name: string): string =>
  `{"#spec":"service-manifest-run@1","name":"${name}","type":"lxc","config":"lxc.container.conf","root-volume":"root.squashfs","volumes":[]}`;
const header = (include: readonly string[]): string =>
  Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'PVS', pvs: { include, exclude: [] } })).toString('base64url');
const signed = (include: readonly string[]): string => `{"#spec":"pvs@2","protected":"${header(include)}","signature":"AA"}`;

type Scaled = (count: number) => number;

/** Documents of half a megabyte (at full scale) in which something is there very often: what is not linear shows itself. */
const documents: ReadonlyMap<string, (n: Scaled) => string> = new Map<string, (n: Scaled) => string>([
  [
    'a key of many folders',
    (n) => `${start},"${'a/'.repeat(n(250_000))}run.json":${run('a')},"${'a/'.repeat(n(250_000))}x":"${sha}"}`,
  ],
  [
    'a key of many folders beside a container',
    (n) => `${start},"${'a/'.repeat(n(250_000))}x":"${sha}","web/run.json":${run('web')}}`,
  ],
  ['many keys', (n) => `${start}${many(n(6000), (at) => `,"web/${at}":"${sha}"`).join('')}}`],
  ['many containers', (n) => `${start}${many(n(2500), (at) => `,"c${at}/run.json":${run(`c${at}`)}`).join('')}}`],
  ['many containers of one name', (n) => `${start}${many(n(2500), (at) => `,"c${at}/run.json":${run('web')}`).join('')}}`],
  [
    'many groups',
    (n) => `${start},"groups.json":[${many(n(10_000), (at) => `{"name":"g${at}"}`).join(',')}],"a/run.json":${run('a')}}`,
  ],
  [
    'many drivers',
    (n) => `${start},"a/run.json":{"name":"a","drivers":{"required":[${many(n(40_000), (at) => `"d${at}"`).join(',')}]}}}`,
  ],
  ['many volumes', (n) => `${start},"a/run.json":{"name":"a","volumes":[${many(n(40_000), (at) => `"v${at}"`).join(',')}]}}`],
  ['many members', (n) => `${start},"a/run.json":{${many(n(40_000), (at) => `"m${at}":${at}`).join(',')}}}`],
  ['one member many times', (n) => `${start},"a/run.json":{${many(n(40_000), () => '"name":"a"').join(',')}}}`],
  ['deep lists', (n) => `${start},"a/x.json":${'['.repeat(n(250_000))}${']'.repeat(n(250_000))}}`],
  ['deep objects', (n) => `${start},"a/x.json":${'{"a":'.repeat(n(80_000))}1${'}'.repeat(n(80_000))}}`],
  ['a long number', (n) => `${start},"a/x.json":${'9'.repeat(n(500_000))}.${'9'.repeat(n(1000))}e-5}`],
  ['many numbers that grow', (n) => `${start},"a/x.json":[${many(n(60_000), () => '1e9999').join(',')}]}`],
  ['a long text of escapes', (n) => `${start},"a/x.json":"${'\\u0000'.repeat(n(80_000))}"}`],
  [
    'many signatures',
    (n) =>
      `${start}${many(n(100), (at) => `,"_sigs/s${at}.json":${signed(['**'])}`).join('')}${many(n(1000), (at) => `,"w/${at}":"${sha}"`).join('')}}`,
  ],
  [
    'many patterns',
    (n) =>
      `${start},"_sigs/s.json":${signed(many(n(10_000), (at) => `w/*a*${at}*`))}${many(n(1000), (at) => `,"w/${'a'.repeat(30)}${at}":"${sha}"`).join('')}}`,
  ],
  [
    'patterns that go back',
    (n) =>
      `${start},"_sigs/s.json":${signed([`${'**/a*a*'.repeat(20)}/b`, `${'{a,b}'.repeat(20)}`, '*a'.repeat(200)])},"${'a'.repeat(n(3000))}":"${sha}","${'a/'.repeat(500)}c":"${sha}"}`,
  ],
  ['white space', (n) => `${start},${' \n'.repeat(n(250_000))}"a":"${sha}"}`],
  ['an endless text', (n) => `${start},"a/x.json":"${'a'.repeat(n(500_000))}`],
]);

/** Large documents through everything that reads states and pvr's files, in bounded time. @param scale 1: half a megabyte each */
export function largeTargets(scale: number): readonly Target[] {
  const n: Scaled = (count) => Math.ceil(count * scale);
  return [...documents].map(([name, make]) =>
    target(`large: ${name}`, 1, fc.constant(name), () => {
      const text = make(n);
      checkTexts(text);
      checkState(text);
    }),
  );
}

function checkTexts(text: string): void {
  const small = `${start},"a/x.json":{"b":[1,{"name":"c"}]}}`;
  sound('canonicalize', () => canonicalize(text), ours);
  sound('forecast', () => forecast(text, text));
  sound('forecast from it', () => forecast(text, small));
  sound('preflight', () => preflight(text, { running: small, newObjects: [{ sha, size: 1 }] }));
  sound('mergePatch', () => mergePatch(small, text), ours);
  sound('takeParts', () => takeParts(text, text, { take: ['a'], leave: ['w'], mode: 'merge', exactCli: false }), ours);
  sound('parseConfig', () => parseConfig(text));
  sound('parseNewFiles', () => parseNewFiles(text));
  sound('readReference', () => readReference(text));
  sound('readPvs', () => readPvs(text));
  const files = { name: 'a', src: `{"args":${text}}`, run: text, groups: text };
  sound('appView', () => appView(files, []));
  sound('editApp', () => editApp(files, { restartPolicy: 'system' }));
  const pristine = sound('parsePristine', () => parsePristine(text));
  if (pristine?.ok !== true) return;
  const { members } = pristine.pristine;
  sound('unsafeKeys', () => unsafeKeys(members.keys()));
  sound('pvrDiff', () => pvrDiff(new Map(), members), ours);
  sound('commitLosses', () => commitLosses(new Map(), members));
}

function checkState(text: string): void {
  const parsed = sound('parseState', () => parseState(text));
  if (parsed?.ok !== true) return;
  const { state } = parsed;
  sound('containersOf', () => containersOf(state));
  sound('groupsOf', () => groupsOf(state));
  sound('partsOf', () => partsOf(state));
  sound('coverageOf', () => coverageOf(state));
  const small = parseState(`${start},"a/x.json":[]}`);
  if (!small.ok) return;
  const { changes } = sound('compareStates', () => compareStates(small.state, state)) ?? { changes: [] };
  for (const change of changes) {
    if (change.kind === 'changed' && change.before.kind === 'json' && change.after.kind === 'json') {
      sound('jsonDiff', () => jsonDiff(change.before.raw, change.after.raw), ours);
    }
  }
}
