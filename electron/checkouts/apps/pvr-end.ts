import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { ProgramEnd } from './run-program.ts';

/** How a pvr command ended, as a sentence. `lastError` is the last line of its standard error. */
export function endSentence(line: string, { code, signal }: ProgramEnd, output: readonly string[]): string {
  if (code === 0) return `${line} is done.`;
  if (signal !== undefined) return `${line} was ended by ${signal}.`;
  const known = knownTrouble(output);
  const said = known ?? lastWords(output);
  const how = output.some((text) => text.startsWith('panic: ')) ? 'crashed' : 'did not succeed';
  return `${line} ${how} (exit code ${code ?? 'unknown'})${said === undefined ? '.' : `: ${said}`}`;
}

/** pvr does not give up by itself when a server refuses it without a reason, or can't be reached: it asks again for ever (pvr.md §4). */
export function tooSilent(line: string, silenceMs: number): TrailbossError {
  const minutes = Math.max(1, Math.round(silenceMs / 60_000));
  return new TrailbossError('NOT_ANSWERING', {
    what: `${line} said nothing for ${minutes === 1 ? 'a minute' : `${minutes} minutes`} and was ended.`,
    unchanged: 'What it had written by then is in the folder; nothing was committed.',
    next: 'pvr asks for ever where a server can’t be reached or wants a login. Check the address and whether it opens in a terminal with pvr, then try again.',
  });
}

export function noPvr(howTo: string): TrailbossError {
  return new TrailbossError('NOT_FOUND', {
    what: 'The pvr program is not on this computer, or not where it is looked for.',
    unchanged: 'The folder is as it was.',
    next: howTo,
  });
}

/** What pvr says in words that need the source to be understood. */
function knownTrouble(output: readonly string[]): string | undefined {
  const has = (words: string): boolean => output.some((text) => text.includes(words));
  if (has('cannot find fakeroot') || has('please run this command as root')) {
    return 'it needs fakeroot to make images. Install fakeroot, or run Trailboss as root.';
  }
  if (has('"mksquashfs": executable file not found') || has('"unsquashfs": executable file not found')) {
    return 'it needs mksquashfs and unsquashfs. Install squashfs-tools.';
  }
  if (has('"veritysetup": executable file not found')) return 'it needs veritysetup. Install cryptsetup.';
  return undefined;
}

function lastWords(output: readonly string[]): string | undefined {
  const last = output.findLast((text) => text.trim() !== '' && !text.startsWith('goroutine '));
  return last === undefined ? undefined : /[.!?]$/.test(last.trim()) ? last.trim() : `${last.trim()}.`;
}
