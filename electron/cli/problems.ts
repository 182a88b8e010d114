import { TrailbossError } from '../../shared/contract/errors.ts';
import { maxStateBytes } from '../../shared/state/state.ts';

const unchanged = 'Nothing was changed anywhere.';

/** An argument that names something that can't be read as a state. */
export function cantRead(what: string, why: string, cause?: unknown): TrailbossError {
  return new TrailbossError(
    'BAD_INPUT',
    { what: `${what === '-' ? 'Standard input' : what} can't be read: ${why}.`, unchanged, next: '' },
    { cause },
  );
}

export function noState(argument: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `${argument} is neither a file or folder here nor a device's address.`,
    unchanged,
    next: 'A host name without a dot is given with its port (name:12368).',
  });
}

export function tooLarge(): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: `This is larger than ${maxStateBytes / 1024 / 1024} MB, and no device's state.`,
    unchanged,
    next: 'Give the state itself: its objects are no part of it.',
  });
}

export function notText(what: string, cause: unknown): TrailbossError {
  return new TrailbossError(
    'BAD_INPUT',
    { what: `${what} is no text in UTF-8, and no export.`, unchanged, next: 'Give a state as JSON.' },
    { cause },
  );
}

/** What a person reads on standard error: what failed, and what to do. */
export function errorLine(error: TrailbossError): string {
  return `trailboss: ${[error.data.what, error.data.next].filter((sentence) => sentence !== '').join(' ')}`.replaceAll(
    /\s+/g,
    ' ',
  );
}
