import { implement, ORPCError } from '@orpc/server';
import { errorStatuses, TrailbossError } from '../../shared/contract/errors.ts';
import { contract } from '../../shared/contract/index.ts';
import type { Notice } from '../../shared/contract/settings.ts';
import type { Origins } from '../checkouts/origins/origins.ts';
import type { Checkouts } from '../checkouts/room.ts';
import type { Accounts } from '../fleet/accounts/accounts.ts';
import type { Demo } from '../fleet/demo.ts';
import type { Diagnosis } from '../fleet/diagnosis/diagnosis.ts';
import type { Fleet } from '../fleet/fleet.ts';
import type { Neighbours } from '../fleet/neighbours.ts';
import type { Terminals } from '../fleet/terminals/terminals.ts';
import type { Drafts } from '../revisions/drafts.ts';
import type { FidelityBook } from '../revisions/fidelity.ts';
import type { FileIntake } from '../revisions/file-intake.ts';
import type { FleetStates } from '../revisions/fleet-states.ts';
import type { SeriesRoom } from '../revisions/series.ts';
import type { States } from '../revisions/states.ts';
import type { TimelineFeed } from '../revisions/timeline-feed.ts';
import type { Updates } from '../revisions/updates.ts';
import type { Signatures } from '../signatures/room.ts';
import type { Profile } from '../storage/profile.ts';

/** What the router translates for. */
export interface Rooms {
  readonly profile: Profile;
  readonly fleet: Fleet;
  readonly neighbours: Neighbours;
  readonly accounts: Accounts;
  readonly drafts: Drafts;
  readonly intake: FileIntake;
  readonly states: States;
  readonly timelines: TimelineFeed;
  readonly updates: Updates;
  readonly series: SeriesRoom;
  readonly fleetStates: FleetStates;
  readonly fidelity: FidelityBook;
  readonly signatures: Signatures;
  readonly terminals: Terminals;
  readonly diagnosis: Diagnosis;
  readonly checkouts: Checkouts;
  readonly origins: Origins;
  readonly demo: Demo;
  /** What the person should know from the start. */
  readonly notices: readonly Notice[];
  readonly version: string;
  readonly now: () => number;
  /** For errors that nobody foresaw. */
  readonly report: (error: unknown) => void;
}

/** The contract's builder, with the one translation of errors for all areas. */
export function implementer(report: Rooms['report']) {
  return implement(contract).use(async ({ next }) => {
    try {
      const result = await next();
      return isStream(result.output) ? { ...result, output: translatedStream(result.output, report) } : result;
    } catch (error) {
      throw translated(error, report);
    }
  });
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
}

/** A stream fails after its procedure has answered, so its errors are translated where they come. */
async function* translatedStream(stream: AsyncIterable<unknown>, report: Rooms['report']): AsyncGenerator<unknown, void> {
  try {
    yield* stream;
  } catch (error) {
    throw translated(error, report);
  }
}

/** A problem that a person can act on keeps its code and sentence; anything else is reported and says little. */
export function translated(error: unknown, report: Rooms['report']): unknown {
  if (error instanceof ORPCError) return error;
  if (error instanceof TrailbossError) {
    const { code, data, message } = error;
    return new ORPCError(code, { defined: true, status: errorStatuses[code], message, data });
  }
  if (error instanceof DOMException && error.name === 'AbortError') return error;
  report(error);
  const data = {
    what: 'Something went wrong inside Trailboss.',
    unchanged: 'The device was not told anything more.',
    next: 'Try again; if it stays so, please report it with the text below.',
    raw: error instanceof Error ? error.message : String(error),
  };
  return new ORPCError('INTERNAL', { defined: true, status: 500, message: data.what, data });
}
