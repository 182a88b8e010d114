import { ORPCError } from '@orpc/client';
import { type ErrorCode, errorStatuses, type KnownProblem, ProblemData } from '../../shared/contract/errors.ts';
import { callTexts } from '../strings/words.ts';
import { ConnectionLostError } from './connectionLost.ts';

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorStatuses, code);
}

/** Any error of a call as a problem that can be shown: the backend's own words where it sent some, else the best that can be said. */
export function problemOf(error: unknown): KnownProblem {
  if (error instanceof ConnectionLostError) {
    return { code: 'CANCELLED', ...callTexts.lost };
  }
  if (error instanceof ORPCError) {
    const data = ProblemData.safeParse(error.data);
    if (data.success) return { code: isErrorCode(error.code) ? error.code : 'INTERNAL', ...data.data };
  }
  return {
    code: 'INTERNAL',
    ...callTexts.unforeseen,
    raw: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}

/** The device says nothing, as it does while it moves: to wait for, not to be alarmed about. */
export function isSilence(error: unknown): boolean {
  const { code } = problemOf(error);
  return code === 'NOT_ANSWERING' || code === 'UNREACHABLE';
}

/** Whether asking again by itself can help: only a lost line is worth it, an answer is an answer. */
export function worthRetrying(error: unknown): boolean {
  return error instanceof ConnectionLostError;
}
