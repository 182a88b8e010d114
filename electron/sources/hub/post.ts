import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import { stateSha } from '../../../shared/state/canonical.ts';
import { pause } from '../../net/deadline.ts';
import type { HubApi } from './api.ts';
import { quotedDot, topKeys } from './dots.ts';
import type { HubClient, HubStep, HubStepPost } from './hub.ts';
import { isBusy, rawRefusal, readRefusal } from './refusal.ts';
import { HubStepReply } from './step-rows.ts';
import type { StepCalls } from './steps.ts';
import { hubError, quickerWords } from './words.ts';

/** A device reads so many bytes of waiting revisions at most, states included (pantavisor: pantahub_proto.c, BODY_MAX_LEN). */
export const maxPendingBytes = 2 * 1024 * 1024;

const postMs = 60_000;
/** How often a lost answer is asked for, and how long to wait between, in milliseconds. */
const askAgainAfter = [0, 1000, 3000, 6000];

/** Posting a revision under an exact number, which the hub gives out once: whoever is later is refused with an opaque 500. */
export function postCall(api: HubApi, { step, head }: Pick<StepCalls, 'step' | 'head'>): HubClient['postStep'] {
  return async (id, post, signal) => {
    checkState(post.state);
    const intent = { doing: `to take revision ${post.revision}`, unchanged: 'No revision was posted.' };
    const call = { method: 'POST', path: `/trails/${id}/steps`, text: bodyOf(post), signal, timeoutMs: postMs } as const;
    let refused: TrailbossError;
    try {
      const reply = await api.send({ ...call, unchanged: intent.unchanged });
      if (reply.status === 200) return await api.read(reply, HubStepReply, intent);
      refused = api.refusal(reply, intent);
      const refusal = readRefusal(reply);
      if (reply.status !== 500 && !isBusy(refusal) && refusal.byHub) throw refused;
      if (refusal.byHub && reply.status === 500) return await reasonOf(id, post, refused, rawRefusal(refusal), signal);
    } catch (error) {
      if (!(error instanceof TrailbossError) || !mayBeLost(error)) throw error;
      refused = error;
    }
    return found(id, post, refused, signal);
  };

  /** The hub refused: because somebody was quicker, or because of the state. */
  async function reasonOf(
    id: HubDeviceId,
    post: HubStepPost,
    refused: TrailbossError,
    raw: string,
    signal: AbortSignal,
  ): Promise<HubStep> {
    const there = await step(id, post.revision, signal);
    if (there !== undefined) return oursOrConflict(there, post);
    const newest = await head(id, signal);
    if (newest !== undefined && newest < post.revision - 1) {
      throw hubError('CONFLICT', {
        what: `The device’s newest revision is ${newest} now, so ${post.revision} can’t be the next.`,
        unchanged: 'No revision was posted.',
        next: 'Look at the timeline and post again from the newest revision.',
        raw,
      });
    }
    throw hubError(
      'REFUSED_BY_HUB',
      {
        what: `${api.host} refused revision ${post.revision}, and nobody else has posted it.`,
        unchanged: 'No revision was posted.',
        next: 'Most often one of its objects is missing on the hub, or “#spec” is one that it does not know. Post again to upload what is missing.',
        raw,
      },
      refused,
    );
  }

  /** The answer was lost: whether the hub took the revision is found out by asking. */
  async function found(id: HubDeviceId, post: HubStepPost, lost: TrailbossError, signal: AbortSignal): Promise<HubStep> {
    let failure = lost;
    let asked = false;
    for (const wait of askAgainAfter) {
      await pause(wait, signal);
      try {
        const there = await step(id, post.revision, signal);
        if (there !== undefined) return oursOrConflict(there, post);
        if (asked) throw lost;
        asked = true;
      } catch (error) {
        if (!(error instanceof TrailbossError) || error === lost || !mayBeLost(error)) throw error;
        failure = error;
      }
    }
    throw new TrailbossError(
      failure.code,
      {
        ...failure.data,
        unchanged: `Whether ${api.host} took revision ${post.revision} is not known yet.`,
        next: 'Post again when the hub answers: it takes each number once, so nothing is posted twice.',
      },
      { cause: failure },
    );
  }
}

/** The hub's answer did not arrive, or not whole; it may have done what it was asked. */
function mayBeLost(error: TrailbossError): boolean {
  return ['NOT_ANSWERING', 'BAD_REPLY', 'UNREACHABLE', 'NOT_A_HUB'].includes(error.code);
}

function oursOrConflict(there: HubStep, post: HubStepPost): HubStep {
  const sameState = there.stateSha !== undefined && shasOf(post.state).includes(there.stateSha);
  if (sameState && there.committer === post.committer) return there;
  const { committer, createdAt } = there;
  throw new TrailbossError('CONFLICT', {
    what: quickerWords(there),
    unchanged: 'Your revision was not posted; the draft is as it was.',
    next: 'Look at what they changed, and move your draft onto their revision.',
    quicker: {
      revision: String(there.revision),
      message: there.message,
      ...(committer === undefined ? {} : { committer }),
      ...(createdAt === undefined ? {} : { at: createdAt }),
    },
  });
}

/** The state's sha as its text says it, and as the hub has it whose numbers went through floating point (hub: utils/sha.go). */
function shasOf(state: string): readonly string[] {
  try {
    return [stateSha(state), stateSha(JSON.stringify(JSON.parse(state)))];
  } catch {
    // A number too long for a canonical form: the hub has none either.
    return [];
  }
}

/** The state goes in as text: as a value, its numbers would pass through JavaScript's. */
function bodyOf(post: HubStepPost): string {
  const head = JSON.stringify({ rev: post.revision, 'commit-msg': post.message, committer: post.committer });
  return `${head.slice(0, -1)},"state":${post.state}}`;
}

function checkState(state: string): void {
  const refuse = (what: string, next: string) => hubError('BAD_STATE', { what, unchanged: 'No revision was posted.', next });
  const keys = topKeys(state);
  if (keys === undefined) throw refuse('This is no state: it is no JSON object.', 'Mend the state’s text.');
  if (keys.length === 0)
    throw refuse('The state is empty: a device could not run it.', 'Build the draft on a revision that has a state.');
  const dotted = keys.find((key) => key.includes(quotedDot));
  if (dotted !== undefined) {
    throw refuse(`The hub would store “${dotted}” under another name.`, 'Rename it without the character U+FF2E.');
  }
  const size = Buffer.byteLength(state);
  if (size > maxPendingBytes) {
    throw refuse(
      `The state has ${size} bytes, and a device reads no more than ${maxPendingBytes} from the hub: it would be stuck.`,
      'Move large inline JSON into files of their own, which become objects.',
    );
  }
}
