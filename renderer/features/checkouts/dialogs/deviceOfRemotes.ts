import type { Remotes } from '../../../../shared/contract/checkout.ts';

/** What there is to know of a device for this: a `DeviceSummary` is one. */
interface Known {
  readonly id: string;
  readonly connection: { readonly host: string; readonly http: { readonly port: number } | null } | null;
  readonly hub?: { readonly nick: string; readonly deviceId: string } | undefined;
}

/**
 * The device that a checkout's own addresses name: by its id on the hub, by its host and port on the network, by a host that no other
 * device has, or as `owner/nick` on the hub. The address that it posts to counts most.
 */
export function deviceOfRemotes({ post, put, get }: Remotes, devices: Iterable<Known>): string | undefined {
  const known = [...devices];
  for (const address of [post, put, get].filter((one) => one !== '')) {
    const found = deviceAt(address, known);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

function deviceAt(address: string, known: readonly Known[]): Known | undefined {
  const [, host = '', port = '', path = ''] =
    /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]+)(?::(\d+))?([^?#]*)/i.exec(address) ?? [];
  if (host === '') return undefined;
  const names = path.split('/').filter((part) => part !== '');
  const named = known.find(({ hub }) => hub !== undefined && names.includes(hub.deviceId));
  if (named !== undefined) return named;
  const there = known.filter(({ connection }) => connection !== null && bare(connection.host) === bare(host));
  const exact = there.find(({ connection }) => connection?.http?.port === Number(port));
  return exact ?? (there.length === 1 ? there[0] : known.find(({ hub }) => hub !== undefined && hub.nick === names.at(-1)));
}

/** Without the brackets of an IPv6 address. */
function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, '');
}
