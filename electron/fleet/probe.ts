import type { LanConnection } from '../../shared/contract/connection.ts';
import { knownProblem, TrailbossError } from '../../shared/contract/errors.ts';
import type { ProbeResult } from '../../shared/contract/fleet.ts';
import { containersOf } from '../../shared/state/containers.ts';
import { parseState } from '../../shared/state/state.ts';
import type { DeviceLink } from '../sources/source.ts';
import { metaText } from './observed.ts';

/** Tries each configured way once and says in words what answered. */
export async function probeLink(link: DeviceLink, connection: LanConnection, signal: AbortSignal): Promise<ProbeResult> {
  await link.connect(signal);
  return {
    http: connection.http ? await probeHttp(link, signal) : { kind: 'not-tried' },
    ssh: connection.ssh ? await probeSsh(link, signal) : { kind: 'not-tried' },
  };
}

async function probeHttp(link: DeviceLink, signal: AbortSignal): Promise<ProbeResult['http']> {
  const way = link.ways.http;
  if (way.kind !== 'open') return { kind: 'problem', problem: closedProblem(way) };
  try {
    const parsed = parseState((await link.readRunning(signal)).text);
    if (!parsed.ok) throw notAState(parsed.reason);
    return {
      kind: 'device',
      containers: containersOf(parsed.state).map((container) => container.name),
      entries: parsed.state.entries.length,
    };
  } catch (error) {
    return { kind: 'problem', problem: known(error) };
  }
}

async function probeSsh(link: DeviceLink, signal: AbortSignal): Promise<ProbeResult['ssh']> {
  const way = link.ways.ssh;
  if (way.kind !== 'open') return { kind: 'problem', problem: closedProblem(way) };
  try {
    const meta = await link.readDeviceMeta(signal);
    const revision = metaText(meta, 'pantavisor.revision');
    const board = metaText(meta, 'pantavisor.dtmodel') ?? metaText(meta, 'pantavisor.cpumodel');
    return { kind: 'device', ...(revision !== undefined && { revision }), ...(board !== undefined && { board }) };
  } catch (error) {
    return { kind: 'problem', problem: known(error) };
  }
}

function closedProblem(way: DeviceLink['ways']['ssh']) {
  if ((way.kind === 'blocked' || way.kind === 'silent') && way.problem) return way.problem;
  return knownProblem(
    new TrailbossError('NOT_ANSWERING', {
      what: 'Nothing answered in time.',
      unchanged: 'Nothing was stored.',
      next: 'Check the address and that the device is on.',
    }),
  );
}

function notAState(reason: string): TrailbossError {
  return new TrailbossError('BAD_STATE', {
    what: `It answers, but what it calls its state can't be read: ${reason}`,
    unchanged: 'Nothing was stored.',
    next: 'Check that the address is the pvr endpoint of a Pantavisor device.',
  });
}

function known(error: unknown) {
  if (error instanceof TrailbossError) return knownProblem(error);
  throw error;
}
