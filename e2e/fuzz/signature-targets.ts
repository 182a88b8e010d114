import fc from 'fast-check';
import { keyFile } from '../../electron/signatures/fixture-repos.ts';
import { pvrListing } from '../../electron/signatures/listing.ts';
import { signatureReport } from '../../electron/signatures/report.ts';
import { anchorsIn, trustFromPem } from '../../electron/signatures/trust.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { coverageOf } from '../../shared/signatures/coverage.ts';
import { deviceMatcher } from '../../shared/signatures/device-glob.ts';
import { signatureEffects } from '../../shared/signatures/effect.ts';
import { BadPatternError, matchesGlob } from '../../shared/signatures/glob.ts';
import { readPvs } from '../../shared/signatures/pvs.ts';
import { canonicalize } from '../../shared/state/canonical.ts';
import { parseState, type StateDocument } from '../../shared/state/state.ts';
import type { Samples } from './samples.ts';
import { hold, sound, soundly } from './soundness.ts';
import { asyncTarget, type Target, target } from './target.ts';
import { anyText, mutated } from './texts.ts';

/** The day on which the certificates of the samples are valid. */
const now = Date.UTC(2026, 0, 1);

/** Signatures: read, matched, verified. Nothing that was not signed is ever called valid. */
export function signatureTargets(samples: Samples): readonly Target[] {
  const trust = trustFromPem({ cacerts: keyFile('root.pem') });
  const original = parseState(samples.signed);
  if (!original.ok) throw new Error(original.reason);
  const pattern = fc.oneof(
    fc.constantFrom(
      '**',
      'app/**',
      '*',
      'a/**/b',
      '[a',
      '{a,b}/**',
      '\\',
      '[^a]',
      '**/**/**/**/**',
      '*a*a*a*a*a*a*a*b',
      '{'.repeat(50),
      '{a,'.repeat(30),
    ),
    fc.string({ maxLength: 40 }),
    fc
      .array(fc.constantFrom('*', '**', '/', 'a', '?', '[', ']', '{', '}', ',', '^', '-', '\\'), { maxLength: 40 })
      .map((parts) => parts.join('')),
  );
  const key = fc.oneof(fc.constantFrom('app/a', '#spec', 'a'.repeat(3000), 'a/'.repeat(1000)), fc.string({ maxLength: 40 }));
  return [
    target('a signature is read', 100, anyText(samples.signatures), (text) => {
      const read = sound('readPvs', () => readPvs(text));
      hold(read?.ok !== false || read.reason.length > 0, 'no reason');
    }),
    target('patterns', 150, fc.tuple(pattern, key), ([glob, name]) => {
      sound('matchesGlob', () => matchesGlob(glob, name), [BadPatternError]);
      sound('deviceMatcher', () => deviceMatcher(glob)(name));
    }),
    target('coverage', 50, fc.tuple(mutated([samples.signed, ...samples.states]), mutated([samples.signed])), ([a, b]) => {
      const [one, other] = [parseState(a), parseState(b)];
      if (!one.ok) return;
      sound('coverageOf', () => coverageOf(one.state));
      if (other.ok) sound('signatureEffects', () => signatureEffects(one.state, other.state));
    }),
    asyncTarget('signatures are verified', 25, mutated([samples.signed]), async (text) => {
      const report = await soundly('signatureReport', () => signatureReport(text, trust, now), [TrailbossError]);
      const state = parseState(text);
      if (report === undefined || !state.ok) return;
      sound('pvrListing', () => pvrListing(report));
      for (const { verdict, covers, name } of report.signatures) {
        hold(
          verdict !== 'valid' || covers.every((covered) => isAsSigned(covered, state.state, original.state)),
          `${name} is called valid over what nobody signed`,
        );
      }
    }),
    target(
      'PEM',
      40,
      anyText([keyFile('root.pem'), keyFile('both-roots.pem'), keyFile('es256.pub.pem'), keyFile('es256.chain.pem')]),
      (text) => {
        sound('anchorsIn', () => anchorsIn(text));
        sound('trustFromPem', () => trustFromPem({ cacerts: text, pubkeys: text }));
      },
    ),
  ];
}

function isAsSigned(key: string, now: StateDocument, then: StateDocument): boolean {
  if (key === '#spec') return now.spec === then.spec;
  const [one, other] = [now.byKey.get(key), then.byKey.get(key)];
  return one !== undefined && other !== undefined && canonicalize(one.raw) === canonicalize(other.raw);
}
