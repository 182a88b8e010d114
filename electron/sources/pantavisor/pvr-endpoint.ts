import { z } from 'zod';
import { parseRevisionName, type RevisionName, type Sha256 } from '../../../shared/state/ids.ts';
import { maxStateBytes } from '../../../shared/state/state.ts';
import { HttpClient, type HttpReply, looksLikeHtml, parseJsonReply } from '../../net/http.ts';
import { badReply, notADevice, nothingChanged } from '../../net/http-problem.ts';
import { type Address, addressText } from '../../net/network-problem.ts';
import type { ObjectUpload, RevisionPost } from '../source.ts';
import { checkedIncoming, checkedOutgoing } from './checked-bytes.ts';
import { postBody } from './post-body.ts';
import { endpointFolder, type PvrRemote, PvrRemoteReply, readRemote, SignedUrls, signedPath } from './pvr-remote.ts';
import { deviceRefusal } from './refusal.ts';
import { stateText } from './state-reply.ts';

const pollMs = 5000;
const stateMs = 15_000;
const postMs = 60_000;
const maxSmallReply = 256 * 1024;
const maxObjectBytes = 64 * 1024 ** 3;
const uploadUnchanged = 'What was uploaded before stays on the device, unused.';

/** How many objects go up at once over HTTP; pvr itself uses 5. */
export const parallelHttpUploads = 5;

const PostReply = z.object({
  rev: z.union([z.number(), z.string()]).optional().catch(undefined),
  revlocal: z.string().optional().catch(undefined),
});

/** The pvr endpoint of a device: its running state, its objects, and posting to it. No timeline, no progress. */
export class PvrEndpoint {
  readonly #http: HttpClient;
  #remote: PvrRemote | undefined;

  constructor(address: Address) {
    // One connection more than uploads, so that polling goes on meanwhile.
    this.#http = new HttpClient(address, { connections: parallelHttpUploads + 1 });
  }

  /** Finds out whether a pvr endpoint answers. */
  async discover(signal: AbortSignal): Promise<void> {
    const { address } = this.#http;
    const reply = await this.#http.send({
      method: 'GET',
      path: `${endpointFolder}/.pvrremote`,
      signal,
      timeoutMs: pollMs,
      maxReplyBytes: maxSmallReply,
    });
    if (reply.status === 404) throw notADevice(address, 'a web server answers, but it has no pvr endpoint', reply.body);
    if (reply.status !== 200) {
      if (looksLikeHtml(reply, new TextDecoder().decode(reply.body.subarray(0, 200)))) {
        throw notADevice(address, `a web page came back (${reply.status})`, reply.body);
      }
      throw deviceRefusal(reply, { doing: 'to describe its pvr endpoint', unchanged: nothingChanged });
    }
    this.#remote = readRemote(parseJsonReply(reply, PvrRemoteReply, address), address);
  }

  /** The running state's exact text. */
  async state(signal: AbortSignal): Promise<string> {
    const remote = await this.#known(signal);
    const reply = await this.#http.send({
      method: 'GET',
      path: remote.statePath,
      signal,
      timeoutMs: stateMs,
      maxReplyBytes: maxStateBytes,
    });
    if (reply.status !== 200) throw deviceRefusal(reply, { doing: 'to show its state', unchanged: nothingChanged });
    if (looksLikeHtml(reply, new TextDecoder().decode(reply.body.subarray(0, 200)))) {
      throw notADevice(this.#http.address, 'a web page came back', reply.body);
    }
    return stateText(reply.body, addressText(this.#http.address));
  }

  async uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'> {
    const { sha, size } = upload;
    const intent = { doing: `for object ${sha.slice(0, 8)}`, unchanged: uploadUnchanged };
    const remote = await this.#known(signal);
    const announced = await this.#http.send({
      method: 'POST',
      path: `${remote.objectsPath}/`,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: announcement(upload),
      signal,
      timeoutMs: stateMs,
      maxReplyBytes: maxSmallReply,
      unchanged: uploadUnchanged,
    });
    if (announced.status === 409) return 'already-there';
    if (announced.status !== 200) throw deviceRefusal(announced, intent);
    const urls = parseJsonReply(announced, SignedUrls, this.#http.address, uploadUnchanged);
    const reply = await this.#http.send({
      method: 'PUT',
      path: signedPath(urls['signed-puturl'], remote, this.#http.address),
      body: { size, open: (inner) => checkedOutgoing(upload.open(inner), sha, size), onBytes: upload.onBytes },
      signal,
      timeoutMs: postMs,
      maxReplyBytes: maxSmallReply,
      unchanged: uploadUnchanged,
    });
    if (!isOk(reply)) throw deviceRefusal(reply, intent);
    return 'sent';
  }

  async *downloadObject(sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const intent = { doing: `to give object ${sha.slice(0, 8)}`, unchanged: nothingChanged };
    const remote = await this.#known(signal);
    const path = `${remote.objectsPath}/${sha}`;
    const reply = await this.#http.send({ method: 'GET', path, signal, timeoutMs: pollMs, maxReplyBytes: maxSmallReply });
    if (reply.status !== 200) throw deviceRefusal(reply, intent);
    const urls = parseJsonReply(reply, SignedUrls, this.#http.address);
    const bytes = this.#http.download(
      {
        method: 'GET',
        path: signedPath(urls['signed-geturl'], remote, this.#http.address),
        signal,
        timeoutMs: stateMs,
        maxReplyBytes: maxObjectBytes,
      },
      (refused) => deviceRefusal(refused, intent),
    );
    yield* checkedIncoming(bytes, sha);
  }

  /** Posts the state under our name; the device installs and runs it at once. The answer has the name that holds. */
  async post(post: RevisionPost, signal: AbortSignal): Promise<RevisionName> {
    const remote = await this.#known(signal);
    const reply = await this.#http.send({
      method: 'POST',
      path: remote.postPath,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: postBody(post, remote.stateKey),
      signal,
      timeoutMs: postMs,
      maxReplyBytes: maxSmallReply,
      unchanged: 'The device may have taken the revision: look at it before you post again.',
    });
    if (!isOk(reply)) {
      throw deviceRefusal(reply, {
        doing: `to take the revision ${post.name}`,
        unchanged: 'The device stays on the revision that runs.',
      });
    }
    return this.#nameThatHolds(reply);
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  /** Asks again at the next request: the device may have changed. */
  forget(): void {
    this.#remote = undefined;
  }

  async #known(signal: AbortSignal): Promise<PvrRemote> {
    if (this.#remote === undefined) await this.discover(signal);
    if (this.#remote === undefined) throw new Error('discover() sets the remote or throws');
    return this.#remote;
  }

  /** `rev` -1 with `revlocal` is a device's answer, a number the hub's (pvr.md §4, 5). */
  #nameThatHolds(reply: HttpReply): RevisionName {
    const taken = 'The device took the revision, and does not tell under which name: look at what it runs before you post again.';
    const answer = parseJsonReply(reply, PostReply, this.#http.address, taken);
    const isLocal = answer.rev === undefined || answer.rev === -1 || answer.rev === '-1';
    const name = isLocal ? answer.revlocal : String(answer.rev);
    const revision = name === undefined ? undefined : parseRevisionName(name);
    if (revision === undefined) throw badReply(this.#http.address, taken, 'it names no revision', reply.body);
    return revision;
  }
}

function isOk(reply: HttpReply): boolean {
  return reply.status >= 200 && reply.status < 300;
}

/** What pvr sends before an object's bytes, key by key (pvr.md §4, 4). */
function announcement(upload: ObjectUpload): string {
  return JSON.stringify({
    id: '',
    'storage-id': '',
    owner: '',
    objectname: upload.name,
    sha256sum: upload.sha,
    size: String(upload.size),
    'mime-type': 'application/octet-stream',
    'signed-puturl': '',
    'signed-geturl': '',
    now: '',
    'expire-time': '',
  });
}
