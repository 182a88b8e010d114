import fc from 'fast-check';
import { compareStates } from '../../shared/compare/compare.ts';
import { jsonDiff } from '../../shared/compare/json-diff.ts';
import { prettyJson } from '../../shared/compare/pretty.ts';
import { forecast, readDeviceModel } from '../../shared/forecast/index.ts';
import { type PreflightFacts, preflight } from '../../shared/forecast/preflight.ts';
import { forecastText } from '../../shared/forecast/sentence.ts';
import { canonicalize } from '../../shared/state/canonical.ts';
import { CanonicalNumberError } from '../../shared/state/canonical-number.ts';
import { containersOf } from '../../shared/state/containers.ts';
import { removeContainer, removeEntry, setJson } from '../../shared/state/edit.ts';
import { groupsOf, trackedGroups } from '../../shared/state/groups.ts';
import { inexactEntries } from '../../shared/state/inexact.ts';
import { JsonSyntaxError } from '../../shared/state/json.ts';
import { partsOf } from '../../shared/state/parts.ts';
import { setGroup, setRestartPolicy } from '../../shared/state/policy.ts';
import { parseState } from '../../shared/state/state.ts';
import type { Samples } from './samples.ts';
import { hold, sound } from './soundness.ts';
import { type Target, target } from './target.ts';
import { anyText, jsonText, mutated } from './texts.ts';

const ours = [JsonSyntaxError, CanonicalNumberError];

/** States and what is read in them: the strict reader, the device's own, the forecast, preflight, run.json, groups, comparison. */
export function stateTargets(samples: Samples): readonly Target[] {
  const states = anyText(samples.states);
  const documents = [...samples.manifests.filter(isJson), ...samples.groups];
  return [
    target('state: read, looked at and edited', 60, states, checkState),
    target('canonical form', 80, fc.oneof(states, anyText(documents)), (text) => {
      const once = sound('canonicalize', () => canonicalize(text), ours);
      if (once === undefined) return;
      hold(canonicalize(once) === once, 'the canonical form of a canonical form is another');
      hold(once.length < 7 * text.length + 2_000_000, 'the canonical form grew without bounds');
    }),
    target('forecast', 60, fc.tuple(states, states, fc.array(mutated(samples.states), { maxLength: 2 })), ([a, b, sinceBoot]) => {
      sound('the device reader', () => readDeviceModel(a));
      const told = sound('forecast', () => forecast(a, b, { sinceBoot }));
      if (told === undefined) return;
      const sentence = sound('its sentence', () => forecastText(told)) ?? '';
      hold(sentence.length > 0 && !sentence.includes('undefined'), `the sentence is ${sentence.slice(0, 200)}`);
    }),
    target('preflight', 50, fc.tuple(states, facts(states)), ([text, known]) => {
      const findings = sound('preflight', () => preflight(text, known)) ?? [];
      for (const { text: words, advice, rule } of findings) {
        hold(words.length > 0 && advice.length > 0 && rule.length > 0, `an empty finding of ${rule}`);
      }
    }),
    target('comparison', 40, fc.tuple(states, states), ([a, b]) => {
      const [one, other] = [parseState(a), parseState(b)];
      if (!one.ok || !other.ok) return;
      const { changes } = sound('compareStates', () => compareStates(one.state, other.state)) ?? { changes: [] };
      for (const change of changes) {
        if (change.kind !== 'changed' || change.before.kind !== 'json' || change.after.kind !== 'json') continue;
        sound('jsonDiff', () => jsonDiff(change.before.raw, change.after.raw));
      }
    }),
    target('JSON laid out', 60, fc.oneof(anyText(documents), jsonText), (text) => {
      const pretty = sound('prettyJson', () => prettyJson(text), [JsonSyntaxError]);
      if (pretty === undefined) return;
      hold(sameSaid(pretty.text, text), 'the layout says something else');
    }),
  ];
}

function checkState(text: string): void {
  const parsed = sound('parseState', () => parseState(text));
  if (parsed === undefined || !parsed.ok) {
    hold(parsed?.ok === false && /[.!?]$/.test(parsed.reason), 'a refusal is no sentence');
    return;
  }
  const { state } = parsed;
  hold(state.text === text, 'the text was changed');
  hold(
    state.entries.every(({ key, raw }) => state.byKey.get(key)?.raw === raw),
    'an entry is not under its key',
  );
  const containers = sound('containersOf', () => containersOf(state)) ?? [];
  sound('groupsOf', () => [groupsOf(state), trackedGroups(state)]);
  sound('partsOf', () => partsOf(state));
  sound('inexactEntries', () => inexactEntries(state));
  const [first] = containers;
  const [entry] = state.entries;
  const edits = [
    ...(entry === undefined ? [] : [() => removeEntry(state, entry.key), () => setJson(state, entry.key, '{"a":1}')]),
    ...(first === undefined
      ? []
      : [
          () => setRestartPolicy(state, first.name, 'container'),
          () => setGroup(state, first.name, { kind: 'inherit' }),
          () => removeContainer(state, first.name),
        ]),
  ];
  for (const edit of edits) {
    const edited = sound('an edit', edit, ours);
    if (edited?.ok !== true) continue;
    hold(parseState(edited.state.text).ok, 'an edit made a text that is no state');
    hold(untouched(state.entries, edited.state.byKey), 'an edit changed entries that it was not about');
  }
}

/** At most a container's own entries, or the one that was edited, may differ: the rest keeps its raw text. */
function untouched(
  before: readonly { readonly key: string; readonly raw: string }[],
  after: ReadonlyMap<string, { readonly raw: string }>,
): boolean {
  return before.every(({ key, raw }) => {
    const now = after.get(key);
    return now === undefined || now.raw === raw || key.endsWith('.json') || now.raw === '{"a":1}';
  });
}

function facts(states: fc.Arbitrary<string>): fc.Arbitrary<PreflightFacts> {
  const name = fc.oneof(
    fc.constantFrom('locals/x', 'locals/../x', '7', '', '__proto__', 'locals/-', 'a'.repeat(5000)),
    fc.string(),
  );
  const size = fc.oneof(fc.nat(), fc.constantFrom(0, -1, Number.MAX_VALUE, Number.NaN));
  return fc.record(
    {
      running: states,
      sinceBoot: fc.array(states, { maxLength: 1 }),
      via: fc.constantFrom('lan' as const, 'hub' as const),
      revision: name,
      takenNames: fc.array(name, { maxLength: 3 }),
      missingObjects: fc.array(fc.string(), { maxLength: 3 }),
      newObjects: fc.array(fc.record({ sha: fc.string(), size }), { maxLength: 3 }),
      storage: fc.record({ total: size, free: size, reserved: size }, { requiredKeys: [] }),
      secureboot: fc.constantFrom('disabled', 'audit', 'lenient', 'strict', 'what'),
      signatures: fc.array(
        fc.record({
          name,
          verdict: fc.constantFrom('valid' as const, 'broken' as const, 'unreadable' as const),
          reason: fc.string(),
        }),
        { maxLength: 2 },
      ),
      pendingBytes: size,
      pendingSteps: size,
    },
    { requiredKeys: [] },
  );
}

function sameSaid(one: string, other: string): boolean {
  try {
    return canonicalize(one) === canonicalize(other);
  } catch (error) {
    return error instanceof CanonicalNumberError;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
