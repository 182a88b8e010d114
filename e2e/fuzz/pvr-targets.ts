import { join, sep } from 'node:path';
import fc from 'fast-check';
import { fileOf } from '../../electron/checkouts/folder/paths.ts';
import { readCommandLine } from '../../electron/cli/command-line.ts';
import { AppEdit } from '../../shared/contract/checkout.ts';
import { editApp } from '../../shared/pvr/app-edit.ts';
import { effectiveGroup, renderRunJson } from '../../shared/pvr/app-run-json.ts';
import { readAppSource } from '../../shared/pvr/app-source.ts';
import { appView } from '../../shared/pvr/app-view.ts';
import { checkedOutJson } from '../../shared/pvr/checked-out.ts';
import { commitLosses, pvrCommit } from '../../shared/pvr/commit-loss.ts';
import { formatConfig, parseConfig } from '../../shared/pvr/config.ts';
import { pvrDiff, TooLargeForPvr } from '../../shared/pvr/diff.ts';
import { fastCopy, readPairs } from '../../shared/pvr/fast-copy.ts';
import { unsafeKeys } from '../../shared/pvr/key-safety.ts';
import { mergePatch } from '../../shared/pvr/merge-patch.ts';
import { formatNewFiles, parseNewFiles } from '../../shared/pvr/new-files.ts';
import { readParts, takeParts } from '../../shared/pvr/parts.ts';
import { objectsOf, parsePristine } from '../../shared/pvr/pristine.ts';
import { plainFragment, readReference, withFragment } from '../../shared/pvr/reference.ts';
import { inlineContent } from '../../shared/pvr/working.ts';
import { canonicalize } from '../../shared/state/canonical.ts';
import { CanonicalNumberError } from '../../shared/state/canonical-number.ts';
import { JsonSyntaxError } from '../../shared/state/json.ts';
import type { Samples } from './samples.ts';
import { hold, sound } from './soundness.ts';
import { type Target, target } from './target.ts';
import { anyText, jsonText } from './texts.ts';

const ours = [JsonSyntaxError, CanonicalNumberError];
const configs = [
  '{"DefaultGetUrl":"http://x/#a","DefaultPutUrl":"","DefaultPostUrl":"","ObjectsDir":"/o","AccessTokens":{"a":"b"},"RefreshTokens":null}',
];
const newFiles = ['{"web/a.json":{"ForceObject":true,"Sha":"00"},"b":{"ForceObject":false,"Sha":""}}'];
const references = [
  '192.168.1.20#os,-bsp',
  'nick/device#web',
  'https://pvr.pantahub.com/a/b#c%2Fd',
  '/home/me/checkout/.pvr',
  '[fe80::1%25eth0]:12368',
  'file:///etc/passwd',
  './export.tgz#bsp',
];

/** What pvr keeps and says: its files of a checkout, src.json, references, fragments, merge patches, and our own command line. */
export function pvrTargets(samples: Samples): readonly Target[] {
  const states = anyText(samples.states);
  return [
    target('.pvr/config', 80, anyText(configs), (text) => {
      const read = sound('parseConfig', () => parseConfig(text));
      if (read?.ok !== true) return;
      const printed = sound('formatConfig', () => formatConfig(read.config)) ?? '';
      const again = parseConfig(printed);
      hold(again.ok && formatConfig(again.config) === printed, 'a printed configuration is read as another');
    }),
    target('.pvr/new', 80, anyText(newFiles), (text) => {
      const read = sound('parseNewFiles', () => parseNewFiles(text));
      if (read?.ok !== true) return;
      const printed = sound('formatNewFiles', () => formatNewFiles(read.files)) ?? '';
      const again = parseNewFiles(printed);
      hold(again.ok && formatNewFiles(again.files) === printed, 'a printed list is read as another');
    }),
    target('.pvr/json', 60, fc.tuple(states, states), ([a, b]) => {
      const [one, other] = [sound('parsePristine', () => parsePristine(a)), parsePristine(b)];
      if (one?.ok !== true) return;
      const again = parsePristine(one.pristine.text);
      hold(again.ok && again.pristine.text === one.pristine.text, 'a canonical state is read as another');
      sound('objectsOf', () => objectsOf(one.pristine));
      const keys = [...one.pristine.members.keys()];
      const problem = sound('unsafeKeys', () => unsafeKeys(keys));
      if (problem === undefined)
        for (const key of keys) hold(isInside(key), `${JSON.stringify(key)} is not found to lead elsewhere`);
      if (!other.ok) return;
      const [before, after] = [one.pristine.members, other.pristine.members];
      sound('pvrDiff', () => pvrDiff(before, after), [TooLargeForPvr]);
      sound('pvrCommit', () => pvrCommit(before, after), [TooLargeForPvr, ...ours]);
      sound('commitLosses', () => commitLosses(before, after));
    }),
    target('a JSON file of the tree', 80, anyText(samples.manifests), (text) => {
      sound('inlineContent', () => inlineContent(text));
      const canonical = sound('canonicalize', () => canonicalize(text), ours);
      if (canonical === undefined) return;
      const written = sound('checkedOutJson', () => checkedOutJson(canonical)) ?? '';
      hold(canonicalize(written) === canonical, 'a checked out file says something else');
    }),
    target(
      'src.json',
      80,
      fc.tuple(anyText(samples.sources), anyText(samples.manifests), anyText(samples.groups), edits),
      checkApp,
    ),
    target('references and fragments', 100, fc.tuple(anyText(references), fc.string()), ([text, more]) => {
      const read = sound('readReference', () => readReference(text));
      sound('plainFragment', () => plainFragment(text));
      sound('readParts', () => readParts(text));
      sound('readPairs', () => readPairs(text, more));
      if (read?.ok !== true) return;
      const again = readReference(read.reference.text);
      hold(again.ok && again.reference.text === read.reference.text, 'a reference that was written is read as another');
      sound('withFragment', () => withFragment(read.reference, more));
    }),
    target(
      'parts and fast copies',
      40,
      fc.tuple(states, states, fc.string(), fc.boolean(), fc.boolean()),
      ([a, b, fragment, merge, exactCli]) => {
        const wish = { ...readParts(fragment), mode: merge ? ('merge' as const) : ('get' as const), exactCli };
        const taken = sound('takeParts', () => takeParts(a, b, wish), ours);
        if (taken !== undefined) hold(canonicalize(taken.text).startsWith('{'), 'taking parts gave no object');
        const pairs = readPairs(fragment, '');
        if (pairs.ok) sound('fastCopy', () => fastCopy(a, b, pairs.pairs, merge), ours);
      },
    ),
    target(
      'merge patch',
      80,
      fc.tuple(fc.oneof(states, jsonText), fc.oneof(states, jsonText), fc.boolean()),
      ([a, b, likePvr]) => {
        const merged = sound('mergePatch', () => mergePatch(a, b, { likePvr }), [JsonSyntaxError]);
        if (merged === undefined) return;
        hold(sound('what it gave', () => canonicalize(merged), [CanonicalNumberError]) !== '', 'a merge gave nothing');
        if (!likePvr)
          hold(mergePatch(merged, b) === merged || saysSame(mergePatch(merged, b), merged), 'merging twice gives something else');
      },
    ),
    target(
      'command line',
      100,
      fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom('forecast', 'sig', 'ls', '-', '--json', '--fail-on', 'reboot', '--', '--facts', '__proto__'),
        ),
      ),
      (args) => {
        const read = sound('readCommandLine', () => readCommandLine(args));
        if (read?.kind === 'usage') hold(read.reason.endsWith('.'), `no sentence: ${read.reason}`);
      },
    ),
  ];
}

/** Whether the file of a key lies in its checkout. */
function isInside(key: string): boolean {
  const root = join(sep, 'checkout');
  return fileOf(root, key).startsWith(root + sep);
}

const edits: fc.Arbitrary<AppEdit> = fc
  .record(
    {
      restartPolicy: fc.constantFrom('system' as const, 'container' as const, null),
      group: fc.oneof(fc.string(), fc.constant(null)),
      statusGoal: fc.constantFrom('MOUNTED' as const, 'STARTED' as const, 'READY' as const, null),
      roles: fc.oneof(fc.array(fc.string(), { maxLength: 3 }), fc.constant(null)),
      persistence: fc.dictionary(
        fc.constantFrom('lxc-overlay', '/db', '/var/lib', '__proto__'),
        fc.constantFrom('boot', 'permanent@x', 'x', null),
      ),
    },
    { requiredKeys: [] },
  )
  .map((edit) => AppEdit.parse(edit));

function checkApp([src, run, groups, edit]: readonly [string, string, string, AppEdit]): void {
  const files = { name: 'web', src, run, groups };
  sound('appView', () => appView(files, []));
  const reading = sound('readAppSource', () => readAppSource(src));
  if (reading?.ok === true) {
    const rendering = sound('renderRunJson', () =>
      renderRunJson('we"b', reading.source, effectiveGroup(reading.source, undefined)),
    );
    if (rendering?.ok === true) sound('what was rendered', () => JSON.parse(rendering.text));
  }
  const edited = sound('editApp', () => editApp(files, edit));
  if (edited?.ok !== true) return;
  const again = editApp({ ...files, ...edited }, edit);
  hold(again.ok && again.src === edited.src && again.run === edited.run, 'the same edit again changes something');
}

function saysSame(one: string, other: string): boolean {
  try {
    return canonicalize(one) === canonicalize(other);
  } catch (error) {
    return error instanceof CanonicalNumberError;
  }
}
