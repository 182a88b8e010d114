import { compareStates } from '../../shared/compare/compare.ts';
import type { Draft } from '../../shared/contract/draft.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { hubNumber, parseRevisionName, type RevisionName } from '../../shared/state/ids.ts';
import { partLabel } from '../../shared/state/parts.ts';
import type { StepReport } from '../sources/source.ts';
import { stateOf } from './drafts.ts';

/** A local revision's name after `locals/`: under 64 characters and without a further slash (pantavisor.md §4, PUT /steps). */
const localName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

export function takenNames(steps: readonly StepReport[]): ReadonlySet<string> {
  return new Set(steps.map((step) => step.name));
}

/** A name for a draft that the device does not have yet, from what it changes: `locals/web-3`. */
export function freshName(draft: Draft, taken: ReadonlySet<string>): string {
  const parts = compareStates(stateOf(draft.base.text), stateOf(draft.text)).parts.map((group) => partLabel(group.part));
  const stem = (parts.length === 0 ? 'same' : parts.length > 2 ? 'update' : parts.join('-')).replace(/[^A-Za-z0-9._-]+/g, '-');
  for (let number = 1; ; number += 1) {
    const name = `locals/${stem.slice(0, 50)}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The number that a post to a hub has to take, as the person saw it in the plan. */
export function checkedNumber(typed: string): RevisionName {
  const name = parseRevisionName(typed.trim());
  const number = name === undefined ? undefined : hubNumber(name);
  if (name !== undefined && number !== undefined && number > 0) return name;
  throw new TrailbossError('BAD_INPUT', {
    what: `${JSON.stringify(typed)} is no number that a revision on a hub can have.`,
    unchanged: 'Nothing was sent.',
    next: 'Look at the plan again: the number is the one after the newest revision.',
  });
}

/**
 * The full name for what the person typed. A taken name is refused, because the device would overwrite that revision
 * silently (recordings, surprise 8).
 */
export function checkedName(typed: string, taken: ReadonlySet<string>): RevisionName {
  const bare = typed.trim().replace(/^locals\//, '');
  const name = parseRevisionName(`locals/${bare}`);
  if (!localName.test(bare) || name === undefined) {
    throw new TrailbossError('BAD_INPUT', {
      what: `${JSON.stringify(typed)} can't be a revision's name.`,
      unchanged: 'Nothing was sent.',
      next: 'Use up to 63 letters, digits, dots, dashes and underscores.',
    });
  }
  if (taken.has(name)) {
    throw new TrailbossError('NAME_TAKEN', {
      what: `The device has a revision ${name} already, and would overwrite it silently.`,
      unchanged: 'Nothing was sent.',
      next: 'Choose another name.',
    });
  }
  return name;
}
