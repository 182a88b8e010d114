import { maxStateBytes } from '../../state/state.ts';
import type { PreflightFacts, PreflightFinding } from '../preflight-types.ts';
import { bytes, told } from './told.ts';

/** Bytes that a device reads of all its waiting revisions (pantavisor pantahub/pantahub_proto.c, BODY_MAX_LEN). */
export const maxPendingBytes = 2 * 1024 * 1024;
/** From here on the next revision may be the one that does not fit any more. */
const nearly = 0.75;

/** States that are too large, alone or together with those that wait before them. */
export function sizeFindings(next: string, { via, pendingBytes, pendingSteps }: PreflightFacts): readonly PreflightFinding[] {
  if (via !== 'hub') return next.length > maxStateBytes ? [tooLarge(next.length)] : [];
  const read = pendingBytes ?? utf8Length(next);
  if (read > maxPendingBytes) return [wedged(read, pendingSteps)];
  if (read <= maxPendingBytes * nearly) return [];
  const text = `Together with what waits the device reads ${bytes(read)} when it asks its hub, of ${bytes(maxPendingBytes)} at most.`;
  const advice = 'Cancel revisions that wait, or keep the state smaller.';
  return [told({ rule: 'pending-bytes-near', severity: 'notice', text, source, advice })];
}

const source = 'pantavisor pantahub/pantahub_proto.c, BODY_MAX_LEN';

function wedged(read: number, pendingSteps: number | undefined): PreflightFinding {
  const others = pendingSteps === undefined || pendingSteps === 0 ? '' : ` together with the ${pendingSteps} that wait`;
  const text = `The device would have to read ${bytes(read)}${others} when it asks its hub, and it reads ${bytes(maxPendingBytes)} at most: it would take no revision any more.`;
  const advice = 'Cancel revisions that wait first, or keep the state smaller.';
  return told({ rule: 'pending-bytes', severity: 'refused', text, source, advice });
}

function tooLarge(length: number): PreflightFinding {
  return told({
    rule: 'state-size',
    severity: 'fails',
    text: `The state has ${bytes(length)}: no device was ever seen to take one of more than ${bytes(maxStateBytes)}.`,
    source: 'Trailboss, shared/state/state.ts',
    advice: 'Keep files as objects instead of inline JSON.',
  });
}

function utf8Length(text: string): number {
  let length = text.length;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    // A surrogate pair is four bytes in two units; any other above U+07FF is three in one.
    length += code < 0x800 || (code >= 0xd800 && code <= 0xdfff) ? 1 : 2;
  }
  return length;
}
