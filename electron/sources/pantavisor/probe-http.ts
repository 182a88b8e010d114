import { TrailbossError } from '../../../shared/contract/errors.ts';
import { type Address, addressText } from '../../net/network-problem.ts';
import { firstWords } from '../../net/reach.ts';
import type { Probe } from '../probe.ts';
import { PvrEndpoint } from './pvr-endpoint.ts';

/** Whether what answers is a device's pvr endpoint, and if not, what it calls itself. */
export function endpointProbe(address: Address): { readonly probe: Probe; close(): Promise<void> } {
  const endpoint = new PvrEndpoint(address);
  const probe: Probe = {
    question: 'protocol',
    needs: 'port',
    timeoutMs: 12_000,
    async ask(signal) {
      try {
        await endpoint.discover(signal);
        return { state: 'ok', found: 'pvr endpoint' };
      } catch (error) {
        if (!(error instanceof TrailbossError) || error.code === 'CANCELLED') throw error;
        const isThere = error.code !== 'NOT_ANSWERING' && error.code !== 'UNREACHABLE';
        const server = isThere ? await serverName(address, signal).catch(() => undefined) : undefined;
        return { state: 'failed', problem: error, ...(server !== undefined && { found: server }) };
      }
    },
  };
  return { probe, close: () => endpoint.close() };
}

/** The name that a web server gives itself (RFC 9110, 10.2.4), or the first words of what is none. */
async function serverName(address: Address, signal: AbortSignal): Promise<string | undefined> {
  const ask = `HEAD / HTTP/1.1\r\nHost: ${addressText(address)}\r\nConnection: close\r\n\r\n`;
  const said = await firstWords(address, { say: ask, bytes: 4000, ms: 3000, until: /\r\n\r\n/ }, signal);
  if (!said.startsWith('HTTP/')) return /^[\x20-\x7e]{3,200}/.exec(said)?.[0];
  return /^server:\s*([\x20-\x7e]{1,200})/im.exec(said)?.[1]?.trim();
}
