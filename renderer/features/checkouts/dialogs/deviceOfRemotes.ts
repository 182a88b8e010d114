import type { Remotes } from '../../../../shared/contract/checkout.ts';

/** What there is to know of a device for this: a `DeviceSummary` is one. */
interface Known {
  readonly id: string;
  readonly connection: { readonly host: string } | null;
  readonly hub?: { readonly nick: string } | undefined;
}

/** The device that a checkout's own addresses name: by its host on the network, or as `owner/nick` on the hub. The address that it posts to counts most. */
export function deviceOfRemotes({ post, put, get }: Remotes, devices: Iterable<Known>): string | undefined {
  const known = [...devices];
  for (const address of [post, put, get].filter((one) => one !== '')) {
    const [, host = '', path = ''] = /^[a-z]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]+)(?::\d+)?([^?#]*)/i.exec(address) ?? [];
    const found =
      known.find(({ connection }) => connection !== null && sameHost(connection.host, host)) ??
      known.find(({ hub }) => hub !== undefined && path.split('/').findLast((part) => part !== '') === hub.nick);
    if (found !== undefined) return found.id;
  }
  return undefined;
}

function sameHost(one: string, other: string): boolean {
  const bare = (host: string) => host.toLowerCase().replace(/^\[|\]$/g, '');
  return other !== '' && bare(one) === bare(other);
}
