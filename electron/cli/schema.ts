import { z } from 'zod';
import { SignatureReport } from '../../shared/contract/signature.ts';
import type { PreflightFacts } from '../../shared/forecast/preflight-types.ts';
import type { SchemaName } from './command-line.ts';

/**
 * What `--json` prints. A later version of the program adds members and never takes one away or changes what it means within the same
 * `schema`; programs that read it must pass over members that they do not know.
 */

const State = z.object({
  argument: z.string().describe('As it was given.'),
  kind: z.enum(['file', 'checkout', 'working-tree', 'pvr-folder', 'export', 'device', 'stdin']),
  sha256: z.string().describe("Of the text's bytes, hex. Devices compare texts."),
  stateSha: z.string().nullable().describe('Of the canonical form, as pvr and the hub name a state; null where there is none.'),
});
export type StateOutput = z.infer<typeof State>;

const exitCode = z.number().int().describe('The exit code of the program.');

const Change = z.object({
  key: z.string().describe('As it stands in the text, escapes and all.'),
  part: z.string().describe('The container that it belongs to, bsp, or none.'),
  kind: z.enum(['added', 'removed', 'changed', 'formatting-only']),
  effect: z.enum(['reboot', 'restart', 'none']),
  rule: z.object({ id: z.string(), text: z.string(), source: z.string().describe("File and function of the device's code.") }),
});

const Outcome = z
  .enum(['no-reboot', 'reboot', 'refused', 'crash'])
  .describe("refused: the device's parser rejects a state; crash: its daemon would die.");

const Forecast = z.object({
  outcome: Outcome,
  sentence: z.string(),
  stage: z.enum(['running', 'next', 'move']).nullable().describe('What is refused, or crashes; null for the others.'),
  reason: z.string().nullable().describe('Why it is refused or crashes; null for the others.'),
  checkpoint: z.boolean().nullable().describe('Whether a success ends as DONE, a checkpoint; null when refused.'),
  restarts: z.array(z.string()),
  starts: z.array(z.string()),
  stops: z.array(z.string()),
  changes: z.array(Change).describe('The deciding one first; empty when refused.'),
});
export type ForecastPart = z.infer<typeof Forecast>;

export const ForecastOutput = z.object({
  schema: z.literal('trailboss.forecast/1'),
  exitCode,
  running: State,
  next: State,
  sinceBoot: z.array(State),
  ...Forecast.shape,
});

const Value = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('object'), sha: z.string() }),
  z.object({ kind: z.literal('json'), text: z.string().describe('The raw JSON text, so that no number is rounded.') }),
]);

export const CompareOutput = z.object({
  schema: z.literal('trailboss.compare/1'),
  exitCode,
  a: State,
  b: State,
  same: z.boolean().describe('Whether no entry differs, not even in its formatting, nor #spec.'),
  spec: z.object({ before: z.string().nullable(), after: z.string().nullable() }).nullable(),
  changes: z.array(
    z.object({
      key: z.string(),
      part: z.string().describe('bsp, a container, or none.'),
      kind: z.enum(['added', 'removed', 'changed', 'formatting-only']),
      before: Value.nullable(),
      after: Value.nullable(),
    }),
  ),
});

export const PreflightOutput = z.object({
  schema: z.literal('trailboss.preflight/1'),
  exitCode,
  next: State,
  running: State.nullable(),
  forecast: Forecast.nullable().describe('Null without a running state.'),
  findings: z
    .array(
      z.object({
        rule: z.string().describe('Which rule says it; does not change.'),
        severity: z.enum(['refused', 'fails', 'notice']),
        key: z.string().nullable(),
        pointer: z.string().nullable().describe('The place in its JSON (RFC 6901).'),
        text: z.string(),
        source: z.string(),
        advice: z.string(),
      }),
    )
    .describe('Worst first.'),
});

export const SigLsOutput = z.object({
  schema: z.literal('trailboss.sig-ls/1'),
  exitCode,
  state: State,
  trusted: z.boolean().describe('Whether --cacerts or --pubkey named somebody to trust.'),
  ...SignatureReport.shape,
});

/** What `--facts` takes: what is known of the device. Everything may be left out. */
export const FactsInput = z.strictObject({
  running: z.string().describe("The running state's text.").optional(),
  sinceBoot: z.array(z.string()).optional(),
  via: z.enum(['lan', 'hub']).optional(),
  revision: z.string().describe('The name that it will have.').optional(),
  takenNames: z.array(z.string()).optional(),
  missingObjects: z.array(z.string()).describe('sha256 of objects that nobody has.').optional(),
  newObjects: z
    .array(z.object({ sha: z.string(), size: z.number().nonnegative() }))
    .describe('Objects that the device lacks and will get, with bytes.')
    .optional(),
  storage: z
    .object({
      total: z.number().nonnegative().optional(),
      free: z.number().nonnegative().optional(),
      reserved: z.number().nonnegative().optional(),
    })
    .describe('device-meta storage, in bytes.')
    .optional(),
  secureboot: z.enum(['disabled', 'audit', 'lenient', 'strict']).describe('PV_SECUREBOOT_MODE.').optional(),
  pendingBytes: z.number().nonnegative().optional(),
  pendingSteps: z.number().int().nonnegative().optional(),
}) satisfies z.ZodType<PreflightFacts>;

const outputs = {
  forecast: ForecastOutput,
  compare: CompareOutput,
  preflight: PreflightOutput,
  'sig-ls': SigLsOutput,
  facts: FactsInput,
} as const satisfies Readonly<Record<SchemaName, z.ZodType>>;

/** The JSON Schema (draft 2020-12) of an output, or of what `--facts` takes. */
export function schemaText(name: SchemaName): string {
  return JSON.stringify(z.toJSONSchema(outputs[name], { unrepresentable: 'any' }), undefined, 2);
}
