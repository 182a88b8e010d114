/** The device as its hub side sees it: one with a disk and sockets, or one that is awake for an update only. */
import type { Clock } from '../clock.ts';
import type { FaultSwitches } from '../faults.ts';
import type { Life, LifeEvent, LifeFacts } from '../life/model.ts';
import type { Metadata, MetaValue } from '../metadata.ts';
import type { ObjectStore } from '../object-store.ts';
import type { Trail } from '../trail.ts';

export interface HubHost {
  readonly clock: Clock;
  readonly faults: FaultSwitches;
  readonly trail: Pick<Trail, 'state' | 'progress' | 'putState'>;
  readonly objects: Pick<ObjectStore, 'matches' | 'put' | 'size' | 'read'>;
  readonly facts: Pick<LifeFacts, 'plan'>;
  readonly userMeta: { get(key: string): MetaValue | undefined; replace(entries: Metadata): void };
  readonly deviceMeta: { read(): Metadata; get(key: string): MetaValue | undefined; set(key: string, value: MetaValue): void };
  life(): Life;
  happen(event: LifeEvent): void;
  /** Bytes that an update may take. */
  freeBytes(): number;
  log(level: 'DEBUG' | 'INFO' | 'WARN', text: string): void;
  /** The small files that tell containers who the device is: `device-id`, `challenge`, `pantahub-host`. */
  hint(name: HintName, text: string): void;
  readonly credentials: CredentialStore;
}

export type HintName = 'device-id' | 'challenge' | 'pantahub-host';

/** Who the device is at the hub; `claimed` once it has an owner (pantahub.config, unclaimed.config). */
export type Credentials = { readonly id: string; readonly prn: string; readonly secret: string; readonly claimed: boolean };

export interface CredentialStore {
  read(): Credentials | undefined;
  write(credentials: Credentials | undefined): void;
}
