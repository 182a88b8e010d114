import { TrailbossError } from '../../../shared/contract/errors.ts';

/** pv-ctrl takes paths as they are, without decoding %XX (recordings, surprise 16), and curl reads {} and [] as patterns. */
const plainName = /^[A-Za-z0-9._+@~=-]+$/;
const plainRevision = /^(?:locals\/)?[A-Za-z0-9._+@~=-]+$/;

/** The path of a revision, of what belongs to it, or of the running one; BAD_INPUT for a name that can't be asked for. */
export function revisionPath(revision: string, of?: 'progress' | 'commitmsg'): string {
  if (!plainRevision.test(revision) || /^(?:locals\/)?\.{1,2}$/.test(revision)) throw oddName('revision', revision);
  return `/steps/${revision}${of === undefined ? '' : `/${of}`}`;
}

export function containerPath(container: string): string {
  if (!plainName.test(container)) throw oddName('container', container);
  return `/containers/${container}`;
}

export function userMetaPath(key: string): string {
  if (!plainName.test(key)) throw oddName('metadata', key);
  return `/user-meta/${key}`;
}

function oddName(what: string, name: string): TrailbossError {
  return new TrailbossError('BAD_INPUT', {
    what: `The ${what} name “${name.slice(0, 80)}” has characters that the device’s interface can not take.`,
    unchanged: 'Nothing was sent to the device.',
    next: 'Use letters, digits and . _ - only.',
  });
}
