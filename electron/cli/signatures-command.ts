import type { z } from 'zod';
import type { SignatureReport, SignatureView } from '../../shared/contract/signature.ts';
import { type Answer, type CommandInput, readAll } from './answer.ts';
import { documentOf } from './compare-command.ts';
import { type Condition, exitCodeOf } from './exit-codes.ts';
import { type Paint, printable } from './paint.ts';
import { cantRead } from './problems.ts';
import type { SigLsOutput } from './schema.ts';
import { stateOutput } from './told-forecast.ts';
import { reportOf, trustOf } from './trusted.ts';

/** `trailboss sig ls STATE [NAME…]`. */
export async function signaturesAnswer({ states: [argument, ...names], options, ports, now }: CommandInput): Promise<Answer> {
  const [state] = await readAll(argument === undefined ? [] : [argument], ports);
  if (state === undefined) throw new Error('the command line has a state');
  documentOf(state);
  const trust = await trustOf(options);
  const report = await reportOf(state, trust, now, names.length === 0 ? undefined : names);
  const lacking = names.find((name) => !report.signatures.some((signature) => signature.name === name));
  if (lacking !== undefined) throw cantRead(state.argument, `there is no signature ${lacking} in it`);
  const exitCode = exitCodeOf(conditionsMet(report, trust !== undefined), options.failOn);
  const json: z.infer<typeof SigLsOutput> = {
    schema: 'trailboss.sig-ls/1',
    exitCode,
    state: stateOutput(state),
    trusted: trust !== undefined,
    ...report,
  };
  return { exitCode, json, lines: (paint) => reportLines(report, trust !== undefined, paint) };
}

function conditionsMet(report: SignatureReport, trusts: boolean): ReadonlySet<Condition> {
  const met = new Set<Condition>();
  if (report.signatures.some((signature) => !holds(signature, trusts))) met.add('refused');
  if (report.notSeen.length > 0 || report.signatures.length === 0) met.add('unsigned');
  return met;
}

/** Where nobody was named to trust, a signature that fits its own key is all that can be said. */
function holds({ verdict }: SignatureView, trusts: boolean): boolean {
  return verdict === 'valid' || (verdict === 'untrusted' && !trusts);
}

function reportLines(report: SignatureReport, trusts: boolean, paint: Paint): readonly string[] {
  const { signatures, notSeen } = report;
  if (signatures.length === 0) return ['No signature.'];
  const broken = signatures.filter((signature) => !holds(signature, trusts)).length;
  const head = broken === 0 ? paint.good : paint.bad;
  const held = broken === 0 ? 'all hold' : `${broken} ${broken === 1 ? 'does' : 'do'} not hold`;
  const count = `${signatures.length} ${signatures.length === 1 ? 'signature' : 'signatures'}`;
  return [
    head(
      `${count}, ${signatures.length === 1 && broken === 0 ? 'it holds' : held}${trusts ? '' : ', by keys that nobody vouches for'}.`,
    ),
    ...signatures.flatMap((signature) => signatureLines(signature, trusts, paint)),
    ...listLines('covered', report.protected, paint),
    ...listLines('left out by name', report.excluded, paint),
    ...listLines('covered by none', notSeen, paint),
  ];
}

function signatureLines(signature: SignatureView, trusts: boolean, paint: Paint): readonly string[] {
  const { name, verdict, reason, algorithm, covers, deviceTakesIt } = signature;
  const colour = holds(signature, trusts) ? paint.good : paint.bad;
  return [
    '',
    `${paint.bold(printable(name))}  ${colour(verdict)}  ${algorithm === undefined ? '' : `${printable(algorithm)}, `}covers ${covers.length}`,
    `  ${printable(reason)}`,
    ...(deviceTakesIt || algorithm === undefined
      ? []
      : [`  A device does not take ${printable(algorithm)}: RS256 and ES256 alone.`]),
  ];
}

function listLines(title: string, keys: readonly string[], paint: Paint): readonly string[] {
  return keys.length === 0 ? [] : ['', `${paint.bold(title)} (${keys.length})`, ...keys.map((key) => `  ${printable(key)}`)];
}
