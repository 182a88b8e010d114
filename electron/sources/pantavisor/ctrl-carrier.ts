import type { StdinSource } from '../../net/ssh-channel.ts';

/** A body of a request to pv-ctrl. `json` is short text; `bytes` and `upload` go through stdin as they are. */
export type CtrlBody =
  | { readonly kind: 'json'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | ({ readonly kind: 'upload'; readonly size: number } & StdinSource);

export interface CtrlCall {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** As on the wire, with a leading slash; only characters that URL and shell leave alone (ctrl-path.ts). */
  readonly path: string;
  readonly body?: CtrlBody;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
  readonly unchanged: string;
  /** With a new step, its commit message, for a program that can only set both at once. */
  readonly message?: string;
}

export interface CtrlReply {
  readonly status: number;
  readonly retryAfterSeconds: number | undefined;
  readonly body: Uint8Array;
}

/** One way to speak with pv-ctrl over SSH commands. Throws `TrailbossError`, or `ProgramMissing` when it can't work here. */
export interface CtrlCarrier {
  readonly program: 'curl' | 'pvcontrol';
  /** Whether several calls may run at the same time. */
  readonly parallel: boolean;
  send(call: CtrlCall): Promise<CtrlReply>;
  /** An object's bytes through pv-ctrl (about 1 MB/s: the server paces it). */
  download(sha: string, signal: AbortSignal): AsyncIterable<Uint8Array>;
}

/** The device lacks the program that a carrier needs. */
export class ProgramMissing extends Error {}

/** An upload ended with a broken pipe and without an answer: the object may be there already (recordings, surprise 13). */
export class UploadCutShort extends Error {}
