import { z } from 'zod';

/**
 * What went wrong, for a person: what failed, what was left as it was, and what to do next.
 * `raw` is the device's own reply or the system's own message, shown behind a disclosure; it never holds a secret.
 */
export const Problem = z.object({
  what: z.string(),
  unchanged: z.string(),
  next: z.string(),
  raw: z.string().max(20_000).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** Each error that can reach the screen, with the HTTP-like status that oRPC wants. */
export const errorStatuses = {
  /** Nobody answers there: no route, connection refused, name not found. */
  UNREACHABLE: 504,
  /** It was reached once and does not answer in time. */
  NOT_ANSWERING: 504,
  /** Something answers, and it is no Pantavisor device. */
  NOT_A_DEVICE: 502,
  /** A device answered with something that can't be read: truncated, endless, garbage. */
  BAD_REPLY: 502,
  /** The device does not take this key or user. */
  LOGIN_REFUSED: 401,
  /** The key file needs its passphrase (again). */
  PASSPHRASE_NEEDED: 401,
  /** First contact: the person has to accept the host key. */
  HOST_KEY_UNKNOWN: 403,
  /** The host key is not the one that was accepted before. */
  HOST_KEY_CHANGED: 403,
  /** The way that this needs (SSH or the pvr endpoint) is not open. */
  WAY_MISSING: 409,
  /** The device said no, with a reason. */
  REFUSED_BY_DEVICE: 409,
  /** The device is busy with an update or a command. */
  DEVICE_BUSY: 409,
  /** The device has no room. */
  NO_SPACE: 507,
  /** The hub's quota does not allow it. */
  QUOTA_EXCEEDED: 507,
  /** The hub does not take the session any more: sign in again. */
  SESSION_ENDED: 401,
  /** The file of secrets is locked; its passphrase opens it. */
  SECRETS_LOCKED: 401,
  /** The hub said no, or gave an error without a reason. */
  REFUSED_BY_HUB: 409,
  /** Something answers at this address, and it is no hub. */
  NOT_A_HUB: 502,
  /** The hub's certificate is not one that this computer trusts. */
  UNTRUSTED_CERTIFICATE: 502,
  /** Two clocks are so far apart that certificates and sign-ins fail by it. */
  CLOCK_WRONG: 409,
  /** Bytes and their sha256 do not agree. */
  BAD_CHECKSUM: 422,
  /** Not a state, or an edit that would make it none. */
  BAD_STATE: 422,
  /** The revision's name is taken: a device would overwrite it silently. */
  NAME_TAKEN: 409,
  /** Somebody else changed it meanwhile. */
  CONFLICT: 409,
  NOT_FOUND: 404,
  /** This computer's disk is full, or the profile can't be written. */
  LOCAL_STORAGE: 507,
  CANCELLED: 499,
  BAD_INPUT: 400,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof errorStatuses;

/** The host key that a problem of kind HOST_KEY_* is about. Fingerprints are `SHA256:…` as OpenSSH prints them. */
export const HostKeyQuestion = z.object({
  host: z.string(),
  port: z.number(),
  algorithm: z.string(),
  fingerprint: z.string(),
  pinned: z.string().optional(),
});
export type HostKeyQuestion = z.infer<typeof HostKeyQuestion>;

/** The revision that somebody else posted first. */
export const QuickerPost = z.object({
  revision: z.string(),
  message: z.string(),
  committer: z.string().optional(),
  at: z.number().optional(),
});
export type QuickerPost = z.infer<typeof QuickerPost>;

export const ProblemData = Problem.extend({ hostKey: HostKeyQuestion.optional(), quicker: QuickerPost.optional() });
export type ProblemData = z.infer<typeof ProblemData>;

/** An error that a person can act on; the only kind that rooms of the backend throw on purpose. */
export class TrailbossError extends Error {
  readonly code: ErrorCode;
  readonly data: ProblemData;

  constructor(code: ErrorCode, data: ProblemData, options?: ErrorOptions) {
    super(data.what, options);
    this.name = 'TrailbossError';
    this.code = code;
    this.data = data;
  }
}

/** A problem as a value, where it is shown on a screen and does not end what was going on. */
export const KnownProblem = ProblemData.extend({ code: z.enum(Object.keys(errorStatuses) as [ErrorCode, ...ErrorCode[]]) });
export type KnownProblem = z.infer<typeof KnownProblem>;

export function knownProblem(error: TrailbossError): KnownProblem {
  return { code: error.code, ...error.data };
}

type ErrorMap = { readonly [Code in ErrorCode]: { readonly status: number; readonly data: typeof ProblemData } };

/** The error map of every procedure of the contract. */
export const errorMap: ErrorMap = Object.fromEntries(
  Object.entries(errorStatuses).map(([code, status]) => [code, { status, data: ProblemData }]),
) as ErrorMap;
