import type { Forecast } from '../../shared/forecast/index.ts';
import { forecastText } from '../../shared/forecast/sentence.ts';
import type { Change } from '../../shared/forecast/types.ts';
import { stateSha } from '../../shared/state/canonical.ts';
import { CanonicalNumberError } from '../../shared/state/canonical-number.ts';
import { JsonSyntaxError } from '../../shared/state/json.ts';
import type { Condition } from './exit-codes.ts';
import type { Input } from './inputs.ts';
import { type Paint, printable } from './paint.ts';
import type { ForecastPart, StateOutput } from './schema.ts';

/** A state as `--json` names it. */
export function stateOutput({ argument, kind, text, sha256 }: Input): StateOutput {
  return { argument, kind, sha256, stateSha: canonicalSha(text) };
}

function canonicalSha(text: string): string | null {
  try {
    return stateSha(text);
  } catch (error) {
    if (error instanceof JsonSyntaxError || error instanceof CanonicalNumberError) return null;
    throw error;
  }
}

/** A forecast as `--json` has it: one form for all outcomes. */
export function forecastPart(forecast: Forecast): ForecastPart {
  const sentence = forecastText(forecast);
  if (forecast.kind !== 'move') {
    return {
      outcome: forecast.kind,
      sentence,
      stage: forecast.kind === 'refused' ? forecast.which : forecast.stage,
      reason: forecast.reason,
      checkpoint: null,
      restarts: [],
      starts: [],
      stops: [],
      changes: [],
    };
  }
  return {
    outcome: forecast.transition === 'reboot' ? 'reboot' : 'no-reboot',
    sentence,
    stage: null,
    reason: null,
    checkpoint: forecast.checkpoint,
    restarts: [...forecast.restarts],
    starts: [...forecast.starts],
    stops: [...forecast.stops],
    changes: forecast.changes.map(({ key, part, kind, effect, rule: { id, text, source } }) => ({
      key,
      part,
      kind,
      effect,
      rule: { id, text, source },
    })),
  };
}

/** Which of the conditions a forecast meets. */
export function conditionsOf(forecast: Forecast): readonly Condition[] {
  if (forecast.kind !== 'move') return ['refused'];
  return forecast.transition === 'reboot' ? ['reboot'] : [];
}

/** The sentence, and below it the changes by the rule that gives them their effect, in the order in which the device decides. */
export function forecastLines(forecast: Forecast, paint: Paint): readonly string[] {
  const sentence = printable(forecastText(forecast));
  if (forecast.kind !== 'move') return [paint.bad(sentence)];
  const head = forecast.transition === 'reboot' ? paint.warn(sentence) : paint.good(sentence);
  const groups = new Map<string, { readonly first: Change; readonly changes: Change[] }>();
  for (const change of forecast.changes) {
    const id = `${change.effect} ${change.rule.id} ${change.rule.text}`;
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { first: change, changes: [change] });
    else group.changes.push(change);
  }
  return [head, ...[...groups.values()].flatMap(({ first, changes }) => ruleLines(first, changes, paint))];
}

const effects = { reboot: 'reboot', restart: 'restart', none: 'no effect' } as const;

function ruleLines({ effect, rule }: Change, changes: readonly Change[], paint: Paint): readonly string[] {
  return [
    '',
    `${paint.bold(effects[effect])}  ${printable(rule.text)}`,
    paint.dim(`  ${printable(rule.source)}`),
    ...changes.map(({ key, kind }) => `  ${kind.padEnd(15)} ${printable(key)}`),
  ];
}
