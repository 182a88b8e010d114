/** What the rooms of the control socket share. */
import type { Clock } from '../clock.ts';
import type { Reply, Request } from '../exchange.ts';
import type { FaultSwitches } from '../faults.ts';
import type { Life, LifeEvent } from '../life/model.ts';
import type { MetadataFile } from '../metadata.ts';
import type { ObjectStore } from '../object-store.ts';
import type { HubStanding } from '../options.ts';
import type { Trail } from '../trail.ts';

export type ControlledDevice = {
  readonly trail: Trail;
  readonly objects: ObjectStore;
  readonly userMeta: MetadataFile;
  readonly deviceMeta: MetadataFile;
  readonly faults: FaultSwitches;
  readonly clock: Clock;
  life(): Life;
  happen(event: LifeEvent): void;
  /** Resolves when the device answers again; see `Gate`. */
  answering(): Promise<void>;
  /** Removes what no kept revision uses; gives the bytes that were won. */
  collectGarbage(): number;
  /** Names of daemons that were stopped by request. */
  readonly stoppedDaemons: Set<string>;
  setSsh(on: boolean): void;
  /** The device's hub side; undefined where the device's configuration has remote mode off. */
  hub(): ControlledHub | undefined;
  log(line: string): void;
};

/** What pv-ctrl knows of the hub and may ask of the hub side. */
export type ControlledHub = {
  standing(): HubStanding;
  /** As `GET /config` shows them, the secret included. */
  settings(): Readonly<Record<string, string | number | boolean | null>>;
  goRemote(): void;
  unclaim(): void;
};

/** A path cut at its slashes, without the leading one. */
export type Parts = readonly string[];

export type Endpoint = (
  device: ControlledDevice,
  request: Request,
  parts: Parts,
) => Reply | undefined | Promise<Reply | undefined>;

/** A request that the device takes and never answers. */
export function never(): Promise<Reply> {
  return new Promise(() => {});
}
