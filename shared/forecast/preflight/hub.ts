import { entryRemarks, hubKeyProblem } from '../../state/entry-problems.ts';
import { inexactEntries } from '../../state/inexact.ts';
import type { StateDocument } from '../../state/state.ts';
import type { PreflightFacts, PreflightFinding } from '../preflight-types.ts';
import { told } from './told.ts';

/** What a hub changes on the way, so that the device gets another state than was posted. */
export function hubFindings(state: StateDocument, { via }: PreflightFacts): readonly PreflightFinding[] {
  if (via !== 'hub') return [];
  const names = state.entries.flatMap((entry): readonly PreflightFinding[] => {
    const ofKey = hubKeyProblem(entry.key);
    const inside = entry.kind === 'json' ? entryRemarks(entry.raw).filter(({ onlyHub }) => onlyHub) : [];
    return [...(ofKey === undefined ? [] : [ofKey]), ...inside.map(({ text }) => text)].map((text) =>
      told({
        rule: 'hub-renames',
        severity: 'notice',
        key: entry.key,
        text,
        source: 'pantahub-base utils (bson keys: U+FF2E for a dot)',
        advice: 'Choose another name, or post straight to the device.',
      }),
    );
  });
  const numbers = inexactEntries(state).map((key) =>
    told({
      rule: 'hub-rounds',
      severity: 'notice',
      key,
      text: 'A number in it has more digits than a hub keeps: over a hub the device gets another one.',
      source: 'pantahub-base trails (numbers are doubles)',
      advice: 'Write it as a text, or post straight to the device.',
    }),
  );
  return [...names, ...numbers];
}
