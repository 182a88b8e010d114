import type { PreflightFacts, PreflightFinding } from '../preflight-types.ts';
import { told } from './told.ts';

const prefix = 'locals/';
/** Characters after the prefix (pantavisor storage.h, SIZE_LOCAL_REV). */
const mostCharacters = 64;
const source = 'pantavisor storage.c, pv_storage_is_revision_local';

/** What a revision's name does at the device. A hub numbers revisions itself. */
export function revisionFindings({ revision, takenNames, via }: PreflightFacts): readonly PreflightFinding[] {
  if (revision === undefined || via === 'hub') return [];
  const refused = refusal(revision);
  if (refused !== undefined) {
    const advice = `Call it ${prefix} and up to 63 letters, digits, dots, dashes and underscores.`;
    return [told({ rule: 'revision-name', severity: 'refused', text: refused, source, advice })];
  }
  if (!takenNames?.includes(revision)) return [];
  return [
    told({
      rule: 'revision-taken',
      severity: 'notice',
      text: `The device has a revision ${revision} already, and overwrites it silently.`,
      source: 'seen in recording 12-endpoints (step-put-over-running)',
      advice: 'Choose another name.',
    }),
  ];
}

function refusal(revision: string): string | undefined {
  const shown = JSON.stringify(revision.slice(0, 100));
  const name = revision.slice(prefix.length);
  if (!revision.startsWith(prefix)) return `The device takes revisions from nobody but its hub under a name like ${shown}.`;
  if (name === '') return 'A revision needs a name.';
  if (name.includes('/')) return `The device refuses the name ${shown}: it has a further slash.`;
  if (name.length > mostCharacters)
    return `The device refuses a name of ${name.length} characters: ${mostCharacters} are the most.`;
  return undefined;
}
