import { isIP } from 'node:net';
import { TrailbossError } from '../../../shared/contract/errors.ts';
import { type Address, addressText, errorCodeOf, networkProblem } from '../../net/network-problem.ts';
import { rawOf } from '../../net/raw.ts';
import { knock, lookUp } from '../../net/reach.ts';
import type { Finding, Probe } from '../probe.ts';

const unchanged = 'Nothing was sent to the device.';
/** Milliseconds. mDNS resolvers wait for 5 s before they say no. */
const nameMs = 8000;
export const portMs = 5000;

/** Whether the host's name has an address. */
export function nameProbe(host: string, lookUpName = lookUp): Probe {
  return {
    question: 'name',
    timeoutMs: nameMs,
    async ask(signal): Promise<Finding> {
      try {
        const addresses = await lookUpName(host, signal);
        if (isIP(host.replace(/^\[|\]$/g, '')) !== 0)
          return { state: 'ok', found: `${host} is an address: there is no name to look up` };
        const found = addresses.map(({ address, family }) => `${address} (IPv${family})`).join(', ');
        return addresses.length === 0 ? { state: 'failed', problem: noAddress(host, undefined) } : { state: 'ok', found };
      } catch (error) {
        if (error instanceof TrailbossError) throw error;
        throw noAddress(host, error);
      }
    },
  };
}

/** Whether something takes connections on the port. `service` is what should be there ("SSH server"). */
export function portProbe(address: Address, service: string, ms = portMs): Probe {
  return {
    question: 'port',
    needs: 'name',
    timeoutMs: ms + 1000,
    async ask(signal): Promise<Finding> {
      try {
        return { state: 'ok', found: addressText({ host: await knock(address, ms, signal), port: address.port }) };
      } catch (error) {
        throw portProblem(error, address, service);
      }
    },
  };
}

function portProblem(error: unknown, address: Address, service: string): TrailbossError {
  if (error instanceof TrailbossError) return error;
  const where = addressText(address);
  const raw = rawOf(error instanceof Error ? error.message : String(error));
  if (errorCodeOf(error) === 'ETIMEDOUT') {
    return new TrailbossError('UNREACHABLE', {
      what: `Nobody answers at ${where}: the question was sent, and nothing came back.`,
      unchanged,
      next: 'Check that the device has power and has this address now. A firewall between you and it that drops packets looks the same.',
      ...raw,
    });
  }
  if (errorCodeOf(error) === 'ECONNREFUSED') {
    return new TrailbossError('UNREACHABLE', {
      what: `A computer is there, but nothing takes connections on port ${address.port}.`,
      unchanged,
      next: `Check the port, and that the ${service} is running and open on the device. Right after it was switched on, give it a minute.`,
      ...raw,
    });
  }
  return (
    networkProblem(error, address, service) ??
    new TrailbossError('UNREACHABLE', {
      what: `No connection to ${where} comes about.`,
      unchanged,
      next: 'Check the address and the network.',
      ...raw,
    })
  );
}

/** A name that no resolver knows. Names that end in `.local` are looked for by mDNS, which not every system does. */
function noAddress(host: string, error: unknown): TrailbossError {
  const isLocal = /\.local\.?$/i.test(host);
  return new TrailbossError('UNREACHABLE', {
    what: `No address is known for the name “${host}”.`,
    unchanged,
    next: isLocal
      ? 'Names that end in .local are found by mDNS: the device has to be on the same network segment, switched on, and this computer has to look them up (Avahi with nss-mdns on Linux). Its IP address works without that.'
      : 'Check the spelling and that this computer reaches its DNS server, or use the IP address of the device.',
    ...rawOf(error instanceof Error ? error.message : undefined),
  });
}
