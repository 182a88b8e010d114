import type { AnyRouter } from '@orpc/server';
import type { Keyring } from './storage/keyring.ts';

/** What a host (Electron, the browser host) needs of the backend: a router to serve, and a way to end it. */
export interface HostedBackend {
  /** The contract's router; its procedures need no context from the host. */
  readonly router: AnyRouter;
  /** Stops everything that the backend started and closes its storage. */
  close(): Promise<void>;
  /** Writes an error that nobody foresaw to the log. */
  readonly report?: (error: unknown) => void;
}

export interface OpenBackendOptions {
  /** Folder that holds the data; made when missing. */
  readonly profileDir: string;
  /** Whether the simulated fleet is started. */
  readonly demo: boolean;
  /** Factor on the delays of simulated devices. */
  readonly timeScale?: number;
  /** The program's version, as people read it. */
  readonly version: string;
  /** The platform's place for secrets, where the host has one. */
  readonly keyring?: Keyring;
  /** Where pvr keeps its sessions; default: the place that pvr itself uses. */
  readonly pvrDir?: string;
}

export type OpenBackend = (options: OpenBackendOptions) => Promise<HostedBackend>;
