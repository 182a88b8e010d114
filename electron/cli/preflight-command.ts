import type { z } from 'zod';
import type { SignatureReport } from '../../shared/contract/signature.ts';
import { type Forecast, forecast } from '../../shared/forecast/index.ts';
import { type PreflightFacts, type PreflightFinding, preflight } from '../../shared/forecast/preflight.ts';
import { forecastText } from '../../shared/forecast/sentence.ts';
import { parseState } from '../../shared/state/state.ts';
import { type Answer, type CommandInput, readAll } from './answer.ts';
import type { CommandOptions } from './command-line.ts';
import { type Condition, exitCodeOf } from './exit-codes.ts';
import { type Input, type InputPorts, readInput, textAt } from './inputs.ts';
import { lackedObjects } from './lacked-objects.ts';
import { type Paint, printable } from './paint.ts';
import { cantRead } from './problems.ts';
import { FactsInput, type PreflightOutput } from './schema.ts';
import { conditionsOf, forecastPart, stateOutput } from './told-forecast.ts';
import { reportOf, trustOf } from './trusted.ts';

/** `trailboss preflight NEXT`. */
export async function preflightAnswer({ states, options, ports, now }: CommandInput): Promise<Answer> {
  const [next] = await readAll(states, ports);
  if (next === undefined) throw new Error('the command line has a state');
  const { facts, running } = await factsOf(options, ports);
  const lacked = facts.missingObjects ?? (await lackedObjects(next, facts.running, ports.signal));
  const known = { ...facts, missingObjects: lacked, ...(await signaturesOf(next, options, now)) };
  const findings = preflight(next.text, known);
  const told = known.running === undefined ? undefined : forecast(known.running, next.text, { sinceBoot: known.sinceBoot ?? [] });
  const exitCode = exitCodeOf(conditionsMet(findings, told), options.failOn);
  const json: z.infer<typeof PreflightOutput> = {
    schema: 'trailboss.preflight/1',
    exitCode,
    next: stateOutput(next),
    running: running === undefined ? null : stateOutput(running),
    forecast: told === undefined ? null : forecastPart(told),
    findings: findings.map(({ rule, severity, key, pointer, text, source, advice }) => ({
      rule,
      severity,
      key: key ?? null,
      pointer: pointer ?? null,
      text,
      source,
      advice,
    })),
  };
  return { exitCode, json, lines: (paint) => preflightLines(findings, told, paint) };
}

async function factsOf(
  options: CommandOptions,
  ports: InputPorts,
): Promise<{ readonly facts: PreflightFacts; readonly running: Input | undefined }> {
  const given = options.facts === undefined ? {} : await factsIn(options.facts, ports);
  const named = options.device ?? options.running;
  const running = named === undefined ? undefined : await readInput(named, ports);
  const sinceBoot = await readAll(options.sinceBoot, ports);
  const facts: PreflightFacts = {
    ...given,
    ...(running !== undefined && { running: running.text }),
    ...(sinceBoot.length > 0 && { sinceBoot: sinceBoot.map(({ text }) => text) }),
    ...(options.device !== undefined && { via: 'lan' }),
  };
  return { facts, running };
}

async function factsIn(argument: string, ports: InputPorts): Promise<PreflightFacts> {
  const text = argument === '-' ? (await readInput('-', ports)).text : await textAt(argument);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw cantRead(argument, 'these facts are no JSON', error);
  }
  const parsed = FactsInput.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw cantRead(
    argument,
    `these facts are not what “trailboss schema facts” says (${issue?.path.join('.') || 'the whole'}: ${issue?.message ?? 'wrong'})`,
  );
}

/** What verifying finds, where somebody was named to trust. */
async function signaturesOf(next: Input, options: CommandOptions, now: number): Promise<Pick<PreflightFacts, 'signatures'>> {
  const trust = await trustOf(options);
  if (trust === undefined || !parseState(next.text).ok) return {};
  const report: SignatureReport = await reportOf(next, trust, now);
  return { signatures: report.signatures.map(({ name, verdict, reason }) => ({ name, verdict, reason })) };
}

function conditionsMet(findings: readonly PreflightFinding[], told: Forecast | undefined): ReadonlySet<Condition> {
  const met = new Set<Condition>(told === undefined ? [] : conditionsOf(told));
  for (const { severity } of findings) {
    if (severity !== 'notice') met.add(severity);
  }
  return met;
}

const severities = [
  { severity: 'refused', title: 'will be refused' },
  { severity: 'fails', title: 'may fail' },
  { severity: 'notice', title: 'worth knowing' },
] as const;

function preflightLines(findings: readonly PreflightFinding[], told: Forecast | undefined, paint: Paint): readonly string[] {
  const counts = severities.flatMap(({ severity, title }) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${title}`];
  });
  const worst = findings.some(({ severity }) => severity === 'refused') ? paint.bad : counts.length > 0 ? paint.warn : paint.good;
  return [
    worst(counts.length === 0 ? 'Nothing stands in its way.' : `Preflight: ${counts.join(', ')}.`),
    ...(told === undefined ? [] : [printable(forecastText(told))]),
    ...severities.flatMap(({ severity, title }) => {
      const own = findings.filter((finding) => finding.severity === severity);
      return own.length === 0 ? [] : ['', paint.bold(title), ...own.flatMap((finding) => findingLines(finding, paint))];
    }),
  ];
}

function findingLines({ key, pointer, text, source, advice }: PreflightFinding, paint: Paint): readonly string[] {
  const place = key === undefined ? 'the state' : `${key}${pointer === undefined || pointer === '' ? '' : ` ${pointer}`}`;
  return [`  ${printable(place)}`, `    ${printable(text)}`, `    ${printable(advice)}`, paint.dim(`    ${printable(source)}`)];
}
