import { type ErrorCode, TrailbossError } from '../../shared/contract/errors.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';

/** BAD_STATE with the parser's own reason. */
export function stateFrom(text: string): StateDocument {
  const parsed = parseState(text);
  if (parsed.ok) return parsed.state;
  throw problem('BAD_STATE', `This is not a state that Trailboss can read: ${parsed.reason}`, 'Look at its raw text.');
}

/** A problem that left everything as it was. */
export function problem(code: ErrorCode, what: string, next: string, raw?: string): TrailbossError {
  return new TrailbossError(code, {
    what,
    unchanged: 'No signature was made or changed.',
    next,
    ...(raw !== undefined && { raw }),
  });
}
