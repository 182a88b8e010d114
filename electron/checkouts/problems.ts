import { TrailbossError } from '../../shared/contract/errors.ts';

const untouched = 'The folder is as it was.';

export function noSuchCheckout(): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'This checkout is not on the list any more.',
    unchanged: 'Its folder was left as it is.',
    next: 'Open the folder again.',
  });
}

export function noCheckoutAt(path: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `${path} is no checkout of pvr: there is no .pvr/json in it.`,
    unchanged: untouched,
    next: 'Choose the folder that holds the .pvr folder, or make a new checkout there.',
  });
}

export function folderInUse(path: string): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `There is something in ${path} already.`,
    unchanged: untouched,
    next: 'Choose a folder that is empty or does not exist yet, or open the checkout that is there.',
  });
}

export function changedMeanwhile(what: string): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: `${what} changed meanwhile.`,
    unchanged: 'Nothing was written.',
    next: 'Look at what is there now, and try again.',
  });
}

export function badInput(what: string, next: string): TrailbossError {
  return new TrailbossError('BAD_INPUT', { what, unchanged: untouched, next });
}

export function badState(what: string, next: string, raw?: string): TrailbossError {
  return new TrailbossError('BAD_STATE', { what, unchanged: untouched, next, ...(raw !== undefined && { raw }) });
}

export function inUse(): TrailbossError {
  return new TrailbossError('CONFLICT', {
    what: 'Somebody else works on this checkout: a pvr, or another Trailboss.',
    unchanged: 'Nothing was written.',
    next: 'Wait until that has ended, and try again.',
  });
}

export function cancelled(): TrailbossError {
  return new TrailbossError('CANCELLED', {
    what: 'It was cancelled.',
    unchanged: 'What was written until then stays as a checkout that can be gone on with.',
    next: 'Begin again when you like.',
  });
}

export function missingObject(sha: string, where: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `The object ${sha.slice(0, 8)} is not in ${where}.`,
    unchanged: untouched,
    next: 'Get it from the device or the export that it came from, then try again.',
    raw: sha,
  });
}

export function wrongSha(expected: string, actual: string, where: string): TrailbossError {
  return new TrailbossError('BAD_CHECKSUM', {
    what: `The bytes of object ${expected.slice(0, 8)} in ${where} are not the ones its name promises.`,
    unchanged: 'They were not taken.',
    next: 'The object is damaged there: get it from elsewhere.',
    raw: `expected ${expected}\nreceived ${actual}`,
  });
}

export function noSuchObject(name: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: `${name.slice(0, 80)} is no name of an object.`,
    unchanged: untouched,
    next: 'An object is named by its sha256: 64 lowercase hex digits.',
  });
}

/** A folder or file that can't be read or written; a full disk has its own sentence. */
export function diskProblem(error: unknown, what: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string' || error instanceof TrailbossError)
    return error;
  if (error instanceof DOMException) return error;
  const full = error.code === 'ENOSPC' || error.code === 'EDQUOT';
  return new TrailbossError(
    'LOCAL_STORAGE',
    {
      what: full ? `${what}: the disk is full.` : `${what}.`,
      unchanged: 'What was there before is still there.',
      next: full ? 'Free some space and try again.' : 'Check that the folder is there and may be written, and try again.',
      raw: error.message,
    },
    { cause: error },
  );
}
