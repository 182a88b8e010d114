import type { SignatureScope } from '../../shared/contract/signature.ts';
import { type Coverage, signatureKey, signatureName } from '../../shared/signatures/coverage.ts';
import { type Patterns, select } from '../../shared/signatures/selection.ts';
import { problem } from './problems.ts';

/** A signature to be made: under which key, and what it is to cover. */
export interface Wanted extends Patterns {
  readonly name: string;
  readonly key: string;
}

/**
 * The patterns of a scope: a part as `pvr sig add --part` has it (cmdsigadd.go), globs as `--raw` takes them, or those of the signature
 * that is there (`pvr sig update`). A raw signature also leaves out its own entry: pvr excludes `_sigs/.json` there, and a signature that
 * covers itself is broken as soon as it is committed. BAD_INPUT, NOT_FOUND.
 */
export function wantedOf(scope: SignatureScope, coverage: Coverage): Wanted {
  switch (scope.kind) {
    case 'part': {
      const { part, config } = scope;
      const include = [`${part}/**`, ...(config ? [`_config/${part}/**`] : [])];
      return { name: part, key: signatureKey(part), include, exclude: [`${part}/src.json`, signatureKey(part)] };
    }
    case 'raw': {
      const { name, include, exclude } = scope;
      const own = signatureKey(name);
      return { name, key: own, include, exclude: exclude.includes(own) ? exclude : [...exclude, own] };
    }
    case 'again':
      return again(scope.name, coverage);
  }
}

function again(name: string, { signatures }: Coverage): Wanted {
  const found = signatures.find((signature) => signature.name === name);
  if (found === undefined) throw problem('NOT_FOUND', `There is no signature ${name} here.`, 'Look at the signatures again.');
  if (!found.read.ok)
    throw problem('BAD_INPUT', `The signature ${name} can’t be read: ${found.read.reason}.`, 'Remove it and sign its part.');
  const { include, exclude } = found.read.pvs;
  if (found.covers.includes(found.key)) {
    throw problem(
      'BAD_INPUT',
      `The signature ${name} covers its own entry, so it can never hold.`,
      'Remove it, and sign what it is to cover anew.',
    );
  }
  return { name, key: found.key, include, exclude };
}

/**
 * The signatures in an order in which none is made before one that it covers. BAD_INPUT where a pattern can't be read, where there is no
 * such order, and where two have one name.
 */
export function inSigningOrder(wanted: readonly Wanted[]): readonly Wanted[] {
  const keys = wanted.map(({ key }) => key);
  if (new Set(keys).size < keys.length)
    throw problem('BAD_INPUT', 'Two of these signatures have the same name.', 'Sign one of them.');
  const waiting = wanted.map((one) => ({ one, covers: new Set(coveredKeys(one, keys)) }));
  const ordered: Wanted[] = [];
  while (waiting.length > 0) {
    const at = waiting.findIndex(({ covers }) => waiting.every(({ one }) => !covers.has(one.key)));
    const [next] = at === -1 ? [] : waiting.splice(at, 1);
    if (next === undefined) {
      const names = waiting.map(({ one }) => one.name).join(', ');
      throw problem('BAD_INPUT', `These signatures cover each other: ${names}.`, 'Exclude “_sigs/**” from one of them.');
    }
    ordered.push(next.one);
  }
  return ordered;
}

function coveredKeys(patterns: Patterns, keys: readonly string[]): readonly string[] {
  const chosen = select(patterns, keys);
  if (chosen.ok) return chosen.covered;
  throw problem('BAD_INPUT', `A pattern can’t be read: ${chosen.reason}.`, 'Change the pattern.');
}

/** The name that a signature's key stands for. */
export function nameOfKey(key: string): string {
  return signatureName(key) ?? key;
}
