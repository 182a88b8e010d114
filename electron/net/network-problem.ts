import { TrailbossError } from '../../shared/contract/errors.ts';
import { rawOf } from './raw.ts';

/** Where a connection goes to, as a person typed it. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

export function addressText(address: Address): string {
  return address.host.includes(':') ? `[${address.host}]:${address.port}` : `${address.host}:${address.port}`;
}

/** The system's or the library's own code of an error (`ECONNREFUSED`, `UND_ERR_SOCKET`), through wrappers and causes. */
export function errorCodeOf(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError) {
      const inner = at.errors.map(errorCodeOf).find((code) => code !== undefined);
      if (inner !== undefined) return inner;
    }
  }
  return undefined;
}

const nothingChanged = 'Nothing was changed on the device.';

/**
 * What a failure of the network below means to a person, for the failures that look the same over HTTP and SSH;
 * undefined when the error is something else. `service` names what was expected there ("pvr endpoint", "SSH server").
 */
export function networkProblem(error: unknown, address: Address, service: string): TrailbossError | undefined {
  const where = addressText(address);
  const raw = rawOf(error instanceof Error ? error.message : String(error));
  const options = { cause: error };
  switch (errorCodeOf(error)) {
    case 'ECONNREFUSED':
      return new TrailbossError(
        'UNREACHABLE',
        {
          what: `${address.host} refuses connections on port ${address.port}.`,
          unchanged: nothingChanged,
          next: `Check the port, and that the ${service} is open on the device.`,
          ...raw,
        },
        options,
      );
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
    case 'ENODATA':
      return new TrailbossError(
        'UNREACHABLE',
        {
          what: `No address is known for the name “${address.host}”.`,
          unchanged: nothingChanged,
          next: 'Check the spelling, or use the IP address of the device.',
          ...raw,
        },
        options,
      );
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
      return new TrailbossError(
        'UNREACHABLE',
        {
          what: `There is no way to ${where} from this computer.`,
          unchanged: nothingChanged,
          next: 'Check that the device has power and that both are on the same network.',
          ...raw,
        },
        options,
      );
    case 'ETIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
      return new TrailbossError(
        'UNREACHABLE',
        {
          what: `Nobody answers at ${where}.`,
          unchanged: nothingChanged,
          next: 'Check the address, and that the device has power and is on the network.',
          ...raw,
        },
        options,
      );
    default:
      return undefined;
  }
}
