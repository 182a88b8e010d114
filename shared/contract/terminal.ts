import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { procedure } from './base.ts';
import { KnownProblem } from './errors.ts';
import { DeviceId, TerminalId } from './ids.ts';

const Size = z.object({ columns: z.number().int().min(1).max(1000), rows: z.number().int().min(1).max(1000) });

/** Bytes of base64 that one message of typed or pasted text carries at most. */
export const maxTypedBytes = 65_536;

export const TerminalEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened'), terminalId: TerminalId }),
  /** What the shell wrote, as base64: a character may be cut in two. */
  z.object({ kind: z.literal('output'), base64: z.base64() }),
  z.object({
    kind: z.literal('ended'),
    exitCode: z.number().optional(),
    signal: z.string().optional(),
    problem: KnownProblem.optional(),
  }),
]);
export type TerminalEvent = z.infer<typeof TerminalEvent>;

const Target = z.object({ terminalId: TerminalId });

/** Shells on devices over SSH: on the host system, or in a container. A shell ends with the stream that opened it. */
export const terminalContract = {
  /** `container` absent: the host system. Output that is not acknowledged by `taken` holds the shell back. */
  open: procedure.input(Size.extend({ id: DeviceId, container: z.string().optional() })).output(eventIterator(TerminalEvent)),
  type: procedure.input(Target.extend({ base64: z.base64().max(maxTypedBytes * 2) })).output(z.object({})),
  resize: procedure.input(Target.extend(Size.shape)).output(z.object({})),
  /** The window has shown so many bytes of output. */
  taken: procedure.input(Target.extend({ bytes: z.number().int().nonnegative() })).output(z.object({})),
  close: procedure.input(Target).output(z.object({})),
};
