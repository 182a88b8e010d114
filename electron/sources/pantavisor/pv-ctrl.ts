import type { z } from 'zod';
import type { ContainerReport, GroupReport } from '../../../shared/contract/device.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import type { Progress } from '../../../shared/progress/report.ts';
import type { RevisionName, Sha256 } from '../../../shared/state/ids.ts';
import { maxStateBytes } from '../../../shared/state/state.ts';
import { addressText } from '../../net/network-problem.ts';
import { rawOf } from '../../net/raw.ts';
import { quoteArgument } from '../../net/shell-quote.ts';
import type { SshConnection } from '../../net/ssh.ts';
import { connectionLost, type SshTarget } from '../../net/ssh-problem.ts';
import type { HubIdentity, ObjectUpload, RevisionPost, StepReport } from '../source.ts';
import { checkedIncoming, checkedOutgoing } from './checked-bytes.ts';
import {
  type CtrlBody,
  type CtrlCall,
  type CtrlCarrier,
  type CtrlReply,
  ProgramMissing,
  UploadCutShort,
} from './ctrl-carrier.ts';
import { containerPath, revisionPath, userMetaPath } from './ctrl-path.ts';
import { CurlCarrier } from './curl-carrier.ts';
import { readHubIdentity } from './hub-identity.ts';
import { PvcontrolCarrier } from './pvcontrol-carrier.ts';
import { deviceRefusal, type Intent } from './refusal.ts';
import { ContainerList, DeviceConfig, GroupList, Metadata, ObjectList, StepList, StepProgress } from './replies.ts';
import { stateText } from './state-reply.ts';
import { userMetaValue } from './user-meta.ts';

const pollMs = 3500;
const writeMs = 15_000;
/** `PUT /containers/<name>` stop answers after the container was given its time to stop (recordings, surprise 20). */
const containerMs = 30_000;
const stallMs = 60_000;
const slowestBytesPerSecond = 16_384;
const maxListBytes = 16 * 1024 * 1024;
const unchanged = 'Nothing was changed on the device.';

/** pv-ctrl, Pantavisor's own interface, through commands on one SSH connection. */
export class PvCtrl {
  readonly #ssh: SshConnection;
  readonly #carrier: CtrlCarrier;
  readonly #socket: string;
  #objectsFolder: string | undefined;

  private constructor(ssh: SshConnection, carrier: CtrlCarrier, socket: string) {
    this.#ssh = ssh;
    this.#carrier = carrier;
    this.#socket = socket;
  }

  /**
   * Decides, once per connection, which program speaks with pv-ctrl, and has heard an answer when it resolves. A missing
   * socket is NOT_A_DEVICE when the device was never heard, and NOT_ANSWERING after that: it may be starting.
   */
  static async open(ssh: SshConnection, socket: string, heardBefore: boolean, signal: AbortSignal): Promise<PvCtrl> {
    for (const carrier of [new CurlCarrier(ssh, socket), new PvcontrolCarrier(ssh)]) {
      const ctrl = new PvCtrl(ssh, carrier, socket);
      try {
        await ctrl.ping(signal);
        return ctrl;
      } catch (error) {
        if (error instanceof ProgramMissing) continue;
        const unheard = !heardBefore && error instanceof TrailbossError && error.code === 'NOT_ANSWERING' && ssh.isOpen;
        if (unheard && !(await hasSocket(ssh, socket, signal)))
          throw noControl(ssh.target, `there is no control socket at ${socket}`);
        throw error;
      }
    }
    throw noControl(ssh.target, 'there is neither curl nor pvcontrol to speak with Pantavisor');
  }

  get program(): CtrlCarrier['program'] {
    return this.#carrier.program;
  }

  get parallelUploads(): number {
    return this.#carrier.parallel ? 3 : 1;
  }

  async ping(signal: AbortSignal): Promise<void> {
    await this.#get('/groups', 'to list its groups', signal);
  }

  async timeline(signal: AbortSignal): Promise<readonly StepReport[]> {
    return this.#json('/steps', StepList, 'to list its revisions', signal);
  }

  async progress(revision: RevisionName, signal: AbortSignal): Promise<Progress | undefined> {
    const reply = await this.#send('GET', revisionPath(revision, 'progress'), undefined, { signal, timeoutMs: pollMs });
    if (reply.status === 404) return undefined;
    return this.#parse(this.#accepted(reply, { doing: `to tell the progress of ${revision}`, unchanged }), StepProgress);
  }

  /** The state's exact text; NOT_FOUND when the device has no such revision. */
  async state(revision: RevisionName | 'current', signal: AbortSignal): Promise<string> {
    const reply = await this.#get(revisionPath(revision), `to show revision ${revision}`, signal, maxStateBytes);
    return stateText(reply.body, addressText(this.#ssh.target));
  }

  async containers(signal: AbortSignal): Promise<readonly ContainerReport[]> {
    return this.#json('/containers', ContainerList, 'to list its containers', signal);
  }

  async groups(signal: AbortSignal): Promise<readonly GroupReport[]> {
    return this.#json('/groups', GroupList, 'to list its groups', signal);
  }

  async metadata(of: 'device-meta' | 'user-meta', signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
    return this.#json(`/${of}`, Metadata, 'to show its metadata', signal);
  }

  /** Sets one key; the value arrives as text. BAD_INPUT for what the device would not keep as it is. */
  async setUserMeta(key: string, value: string, signal: AbortSignal): Promise<void> {
    await this.#put(userMetaPath(key), userMetaValue(key, value), metaIntent(`to set ${key}`), signal);
  }

  /** A key that is not there is gone already. */
  async deleteUserMeta(key: string, signal: AbortSignal): Promise<void> {
    const intent = metaIntent(`to delete ${key}`);
    const wait = { signal, timeoutMs: writeMs, unchanged: intent.unchanged };
    const reply = await this.#send('DELETE', userMetaPath(key), undefined, wait);
    if (reply.status !== 404) this.#accepted(reply, intent);
  }

  /** From the files that Pantavisor keeps beside its socket (pantavisor paths.h, DEVICE_ID_FNAME and CHALLENGE_FNAME; pantahub.c). */
  async hubIdentity(signal: AbortSignal): Promise<HubIdentity | undefined> {
    const folder = this.#socket.slice(0, this.#socket.lastIndexOf('/'));
    const [id, challenge] = ['device-id', 'challenge'].map((file) => quoteArgument(`${folder}/${file}`));
    const command = `cat ${id}; echo; cat ${challenge}`;
    const end = await this.#ssh.exec({ command, signal, timeoutMs: pollMs, maxStdoutBytes: 1024 });
    return readHubIdentity(end.stdout);
  }

  async objects(signal: AbortSignal): Promise<ReadonlyMap<Sha256, number | undefined>> {
    return this.#json('/objects', ObjectList, 'to list its objects', signal);
  }

  async uploadObject(upload: ObjectUpload, signal: AbortSignal): Promise<'sent' | 'already-there'> {
    const intent = {
      doing: `for object ${upload.sha.slice(0, 8)}`,
      unchanged: 'What was uploaded before stays on the device, unused.',
    };
    const stall = new AbortController();
    let timer = setTimeout(() => stall.abort(), stallMs);
    const both = AbortSignal.any([signal, stall.signal]);
    const body: CtrlBody = {
      kind: 'upload',
      size: upload.size,
      open: (inner) => checkedOutgoing(upload.open(inner), upload.sha, upload.size),
      onBytes: (sent) => {
        clearTimeout(timer);
        timer = setTimeout(() => stall.abort(), stallMs);
        upload.onBytes(sent);
      },
    };
    const timeoutMs = stallMs + Math.ceil(upload.size / slowestBytesPerSecond) * 1000;
    try {
      const reply = await this.#send('PUT', `/objects/${upload.sha}`, body, {
        signal: both,
        timeoutMs,
        unchanged: intent.unchanged,
      });
      this.#accepted(reply, intent);
      return 'sent';
    } catch (error) {
      if (stall.signal.aborted && !signal.aborted)
        throw connectionLost(this.#ssh.target, intent.unchanged, 'took no bytes for a minute', error);
      if (!(error instanceof UploadCutShort)) throw error;
      if ((await this.objects(signal)).has(upload.sha)) return 'already-there';
      throw connectionLost(this.#ssh.target, intent.unchanged, 'broke off in the middle of an upload', error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The object from the device's disk where the login can read it, which is quick, else through pv-ctrl. */
  async *downloadObject(sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    yield* checkedIncoming(this.#objectBytes(sha, signal), sha);
  }

  /** Puts the revision on the device; it waits there for `run`. NAME_TAKEN when the name holds another state. */
  async post(post: RevisionPost, signal: AbortSignal): Promise<void> {
    const intent = {
      doing: `to take the revision ${post.name}`,
      unchanged: 'The revision may be on the device; it was not started.',
    };
    const there = await this.#send('GET', revisionPath(post.name), undefined, {
      signal,
      timeoutMs: writeMs,
      maxReplyBytes: maxStateBytes,
    });
    // The same bytes under the name: an earlier try arrived, and its answer was lost.
    const arrived = there.status === 200 && new TextDecoder('utf-8', { ignoreBOM: true }).decode(there.body) === post.state;
    if (there.status === 200 && !arrived) throw nameTaken(post.name);
    if (there.status !== 200 && there.status !== 404) throw deviceRefusal(there, intent);
    if (!arrived) await this.#put(revisionPath(post.name), post.state, intent, signal, post.message);
    if (post.message === '' || this.#carrier.program === 'pvcontrol') return;
    await this.#put(revisionPath(post.name, 'commitmsg'), post.message, intent, signal);
  }

  async run(revision: RevisionName, signal: AbortSignal): Promise<void> {
    revisionPath(revision);
    await this.#command('LOCAL_RUN', revision, `to run ${revision}`, signal);
  }

  async reboot(signal: AbortSignal): Promise<void> {
    await this.#command('REBOOT_DEVICE', '', 'to reboot', signal);
  }

  /** 204 is how the device says that it follows its hub already (pantavisor ctrl/ctrl_cmd.c). */
  async goRemote(signal: AbortSignal): Promise<void> {
    await this.#command('GO_REMOTE', '', 'to follow its hub again', signal);
  }

  async containerAction(container: string, action: 'start' | 'stop' | 'restart', signal: AbortSignal): Promise<void> {
    const intent = { doing: `to ${action} ${container}`, unchanged: 'The container stays as it was.' };
    const body: CtrlBody = { kind: 'json', text: JSON.stringify({ action }) };
    const path = containerPath(container);
    this.#accepted(await this.#send('PUT', path, body, { signal, timeoutMs: containerMs, unchanged: intent.unchanged }), intent);
  }

  async #command(op: string, payload: string, doing: string, signal: AbortSignal): Promise<void> {
    const intent = {
      doing,
      unchanged: 'The device may have taken the command already: look at what it does before you repeat it.',
    };
    const body: CtrlBody = { kind: 'json', text: JSON.stringify({ op, payload }) };
    const reply = await this.#send('POST', '/commands', body, { signal, timeoutMs: writeMs, unchanged: intent.unchanged });
    this.#accepted(reply, { doing, unchanged });
  }

  async #put(path: string, text: string, intent: Intent, signal: AbortSignal, message = ''): Promise<void> {
    const body: CtrlBody = { kind: 'bytes', bytes: new TextEncoder().encode(text) };
    const wait = { signal, timeoutMs: writeMs, unchanged: intent.unchanged, message };
    this.#accepted(await this.#send('PUT', path, body, wait), intent);
  }

  async *#objectBytes(sha: Sha256, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const folder = await this.#folderOfObjects(signal);
    let failed = false;
    const command = `cat ${quoteArgument(`${folder}/${sha}`)}`;
    yield* this.#ssh.stream({ command, signal, timeoutMs: 15_000, maxStdoutBytes: 0 }, (end) => {
      failed = end.code !== 0;
      if (failed && end.bytes > 0) throw connectionLost(this.#ssh.target, unchanged, 'broke off in the middle of a download');
    });
    if (failed) yield* this.#carrier.download(sha, signal);
  }

  async #folderOfObjects(signal: AbortSignal): Promise<string> {
    if (this.#objectsFolder === undefined) {
      const config = await this.#json('/config', DeviceConfig, 'to show its configuration', signal).catch(() => undefined);
      this.#objectsFolder = `${config?.['storage.mntpoint'] ?? '/storage'}/objects`;
    }
    return this.#objectsFolder;
  }

  /** PV_SECUREBOOT_MODE; undefined where the device tells none that is known. */
  async secureboot(signal: AbortSignal): Promise<string | undefined> {
    const config = await this.#json('/config', DeviceConfig, 'to show its configuration', signal);
    return config['secureboot.mode'];
  }

  async #json<T>(path: string, schema: z.ZodType<T>, doing: string, signal: AbortSignal): Promise<T> {
    return this.#parse(await this.#get(path, doing, signal), schema);
  }

  async #get(path: string, doing: string, signal: AbortSignal, maxReplyBytes?: number): Promise<CtrlReply> {
    const limit = maxReplyBytes === undefined ? {} : { maxReplyBytes };
    return this.#accepted(await this.#send('GET', path, undefined, { signal, timeoutMs: pollMs, ...limit }), {
      doing,
      unchanged,
    });
  }

  async #send(method: CtrlCall['method'], path: string, body: CtrlBody | undefined, wait: Wait): Promise<CtrlReply> {
    return this.#carrier.send({
      method,
      path,
      maxReplyBytes: maxListBytes,
      unchanged,
      ...wait,
      ...(body === undefined ? {} : { body }),
    });
  }

  #accepted(reply: CtrlReply, intent: Intent): CtrlReply {
    if (reply.status >= 200 && reply.status < 300) return reply;
    throw deviceRefusal(reply, intent);
  }

  #parse<T>(reply: CtrlReply, schema: z.ZodType<T>): T {
    const text = new TextDecoder().decode(reply.body);
    let detail: string;
    try {
      const parsed = schema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      detail = parsed.error.issues[0]?.message ?? 'it has another form';
    } catch (error) {
      detail = error instanceof Error ? error.message : String(error);
    }
    throw new TrailbossError('BAD_REPLY', {
      what: `${addressText(this.#ssh.target)} sent something that can’t be read: ${detail}.`,
      unchanged,
      next: 'Try again; the details show what it sent.',
      ...rawOf(reply.body),
    });
  }
}

interface Wait {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly maxReplyBytes?: number;
  readonly unchanged?: string;
  readonly message?: string;
}

/** The socket on the host system, and in a container with the role `mgmt`. */
export function controlSocket(target: SshTarget): string {
  return target.user === '/' || target.user === '_pv_' ? '/run/pantavisor/pv/pv-ctrl' : '/pantavisor/pv-ctrl';
}

async function hasSocket(ssh: SshConnection, socket: string, signal: AbortSignal): Promise<boolean> {
  const call = { command: `test -S ${quoteArgument(socket)}`, signal, timeoutMs: pollMs, maxStdoutBytes: 1024 };
  return (await ssh.exec(call)).code !== 1;
}

function metaIntent(doing: string): Intent {
  return { doing, unchanged: 'Its other metadata was left as it is.' };
}

function noControl(target: SshTarget, detail: string): TrailbossError {
  return new TrailbossError('NOT_A_DEVICE', {
    what: `The login to ${addressText(target)} worked, but ${detail}.`,
    unchanged,
    next: 'Check that this is a Pantavisor device. The user “/” lands on its host system; a container needs the role “mgmt”.',
  });
}

function nameTaken(name: string): TrailbossError {
  return new TrailbossError('NAME_TAKEN', {
    what: `The device has a revision ${name} already, with another state.`,
    unchanged: 'The revision on the device was left as it is.',
    next: 'Choose another name: the device would overwrite the old one without a word.',
  });
}
