import { canonicalize } from '../state/canonical.ts';
import { CanonicalNumberError } from '../state/canonical-number.ts';

/** Whether two JSON texts say the same: in any layout, with members in any order, `1.0` for `1`. Throws JsonSyntaxError. */
export function sayTheSame(before: string, after: string): boolean {
  if (before === after) return true;
  try {
    return canonicalize(before) === canonicalize(after);
  } catch (error) {
    if (error instanceof CanonicalNumberError) return false;
    throw error;
  }
}
