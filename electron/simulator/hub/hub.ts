/** What all rooms of the simulated hub share. */
import type { AccountRecords } from './account-records.ts';
import type { HubDatabase } from './database.ts';
import type { DeviceRecords } from './device-records.ts';
import type { FaultSwitches } from './faults.ts';
import type { LogRecords } from './log-records.ts';
import type { ObjectRecords } from './object-records.ts';
import type { StepRecords } from './step-records.ts';
import type { Tokens } from './tokens.ts';

/** How long tokens last, in milliseconds. */
export interface Lifetimes {
  /** After a login with a password, and after every refresh. */
  readonly login: number;
  /** Anonymous ones, those for an API token, and those from PKCE (hub: PANTAHUB_ANON_JWT_TIMEOUT). */
  readonly short: number;
  /** How long after its first login a token can be refreshed. */
  readonly refresh: number;
}

export interface Hub {
  readonly database: HubDatabase;
  readonly tokens: Tokens;
  readonly accounts: AccountRecords;
  readonly devices: DeviceRecords;
  readonly steps: StepRecords;
  readonly objects: ObjectRecords;
  readonly logs: LogRecords;
  readonly faults: FaultSwitches;
  readonly lifetimes: Lifetimes;
  readonly summary: 'live' | 'empty';
  now(): number;
  /** Scheme, host and port, as PANTAHUB_SCHEME/HOST/PORT say them. */
  origin(): string;
  /** Where the hub's web pages are. */
  wwwOrigin(): string;
  stepPosted(device: string, rev: number): void;
}
