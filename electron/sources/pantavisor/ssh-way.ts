import type { SshWayConfig } from '../../../shared/contract/connection.ts';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { SshConnection } from '../../net/ssh.ts';
import type { SshConnectOptions } from '../../net/ssh-connect.ts';
import { connectionLost } from '../../net/ssh-problem.ts';
import { openShell, type RemoteShell } from '../../net/ssh-shell.ts';
import type { LoginKeys, ShellRequest, TrustStore } from '../source.ts';
import { controlSocket, PvCtrl } from './pv-ctrl.ts';

export interface SshWayPorts {
  readonly host: string;
  readonly config: SshWayConfig;
  readonly trust: TrustStore;
  readonly keys: LoginKeys;
  /** The connection broke off by itself. */
  readonly onLost: (error: TrailbossError) => void;
}

/** The SSH side of a device: one kept connection, opened when there is none, and pv-ctrl on it. */
export class SshWay {
  readonly #ports: SshWayPorts;
  #connection: SshConnection | undefined;
  #ctrl: PvCtrl | undefined;
  #heard = false;
  /** The host key that was the accepted one at the last try. */
  #pinned: string | undefined;
  #closed = false;

  constructor(ports: SshWayPorts) {
    this.#ports = ports;
  }

  /** pv-ctrl on the connection that is there; undefined when there is none. */
  get ctrl(): PvCtrl | undefined {
    return this.#connection?.isOpen === true ? this.#ctrl : undefined;
  }

  /** The connection that is there; undefined when there is none. */
  get connection(): SshConnection | undefined {
    return this.#connection?.isOpen === true ? this.#connection : undefined;
  }

  /** Hears an answer of pv-ctrl: on the connection that is there, else on a new one. */
  async open(signal: AbortSignal): Promise<void> {
    if (this.ctrl !== undefined) return this.ctrl.ping(signal);
    const connection = this.#connection?.isOpen === true ? this.#connection : await this.#connect(signal);
    this.#ctrl = await PvCtrl.open(connection, controlSocket(connection.target), this.#heard, signal);
    this.#heard = true;
  }

  /** A device's login takes the user name as the place to land in: a container by its name, the host by the way's own user. */
  async openShell({ container, size }: ShellRequest, signal: AbortSignal): Promise<RemoteShell> {
    return openShell({ ...(await this.#login(container ?? this.#ports.config.user, signal)), size });
  }

  /** A person accepted a host key since the last try. */
  get hasNewHostKey(): boolean {
    const { host, config, trust } = this.#ports;
    return trust.pinned(host, config.port)?.fingerprint !== this.#pinned;
  }

  close(): void {
    this.#closed = true;
    this.#connection?.close();
  }

  async #connect(signal: AbortSignal): Promise<SshConnection> {
    const login = await this.#login(this.#ports.config.user, signal);
    const { target, pinned } = login;
    this.#pinned = pinned?.fingerprint;
    const connection = await SshConnection.open(login);
    this.#ctrl = undefined;
    this.#connection = connection;
    connection.onClose(() => {
      if (this.#closed || this.#connection !== connection) return;
      this.#connection = undefined;
      this.#ports.onLost(connectionLost(target, 'Nothing was changed on the device.', 'was closed by the device'));
    });
    if (this.#closed) connection.close();
    return connection;
  }

  async #login(user: string, signal: AbortSignal): Promise<SshConnectOptions> {
    const { host, config, trust, keys } = this.#ports;
    const login = await keys.keyFor(config.auth).catch(noKey);
    return { target: { host, port: config.port, user }, login, pinned: trust.pinned(host, config.port), signal };
  }
}

/** A key that is not there keeps us out just as a key that is refused, until a person chooses another one. */
export function noKey(error: unknown): never {
  if (error instanceof TrailbossError && error.code !== 'PASSPHRASE_NEEDED')
    throw new TrailbossError('LOGIN_REFUSED', error.data, { cause: error });
  throw error;
}
