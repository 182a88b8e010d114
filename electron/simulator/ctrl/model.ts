/** What the rooms of the control socket share. */
import type { Clock } from '../clock.ts';
import type { Reply, Request } from '../exchange.ts';
import type { FaultSwitches } from '../faults.ts';
import type { Life, LifeEvent } from '../life/model.ts';
import type { MetadataFile } from '../metadata.ts';
import type { ObjectStore } from '../object-store.ts';
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
  log(line: string): void;
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
