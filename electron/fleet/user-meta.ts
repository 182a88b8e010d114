import { TrailbossError } from '../../shared/contract/errors.ts';
import { authorizedKeysKey, labelPrefix, type MetaValue } from '../../shared/contract/metadata.ts';
import type { Profile } from '../storage/profile.ts';
import type { DeviceHub, DeviceWatch } from './device-watch.ts';

type Meta = Readonly<Record<string, unknown>>;

/** Changes of a device's user-meta that keep what others wrote meanwhile. The values are never written down: some are secrets. */
export class UserMeta {
  readonly #profile: Profile;

  constructor(profile: Profile) {
    this.#profile = profile;
  }

  set(watch: DeviceWatch, key: string, value: MetaValue, signal: AbortSignal): Promise<void> {
    return this.#change(watch, `set ${key} in user-meta`, (own) => ({ ...own, [key]: value }), signal);
  }

  delete(watch: DeviceWatch, keys: readonly string[], signal: AbortSignal): Promise<void> {
    return this.#change(
      watch,
      `deleted ${keys.join(', ')} from user-meta`,
      (own) => without(own, (key) => keys.includes(key)),
      signal,
    );
  }

  /** Replaces all labels of the device. */
  setLabels(watch: DeviceWatch, labels: Readonly<Record<string, string>>, signal: AbortSignal): Promise<void> {
    const named = Object.fromEntries(Object.entries(labels).map(([name, text]) => [`${labelPrefix}${name}`, text]));
    const change = (own: Meta) => ({ ...without(own, (key) => key.startsWith(labelPrefix)), ...named });
    return this.#change(watch, 'changed the labels', change, signal);
  }

  /** Lets this computer's own key log in over SSH, beside those that may. `keys` is how many may then. */
  async enableSsh(watch: DeviceWatch, signal: AbortSignal): Promise<{ readonly added: boolean; readonly keys: number }> {
    const own = this.#profile.keys.own().publicKey;
    let result = { text: '', added: false, keys: 0 };
    const change = (meta: Meta) => {
      result = withKey(meta[authorizedKeysKey], own);
      return result.added ? { ...meta, [authorizedKeysKey]: result.text } : meta;
    };
    await this.#change(watch, "let this computer's key log in over SSH", change, signal);
    return { added: result.added, keys: result.keys };
  }

  async #change(watch: DeviceWatch, what: string, change: (own: Meta) => Meta, signal: AbortSignal): Promise<void> {
    if (watch.record.hub) hubOf(watch, 'Changing metadata');
    watch.takeUserMeta(await watch.link.changeUserMeta(change, signal));
    this.#profile.activity.record({ what, result: 'ok', kind: 'metadata', device: watch.record });
    watch.poke();
  }
}

/** The device's place on its hub; throws with a sentence where there is none, or its account is not open. */
export function hubOf(watch: DeviceWatch, doing: string): DeviceHub {
  if (watch.hub) return watch.hub;
  const way = watch.ways.hub;
  if (way.kind === 'blocked') {
    const { code, ...data } = way.problem;
    throw new TrailbossError(code, data);
  }
  throw new TrailbossError('WAY_MISSING', {
    what: `${doing} goes over a hub, and this device is on none that you are signed in to.`,
    unchanged: 'Nothing was changed.',
    next: 'Claim the device on a hub, or sign in to the account that it belongs to.',
  });
}

/**
 * The keys with one more, one per line (pvr-sdk reads them as OpenSSH's authorized_keys). The same key under another comment is the
 * same key.
 */
export function withKey(known: unknown, key: string): { readonly text: string; readonly added: boolean; readonly keys: number } {
  const lines = (typeof known === 'string' ? known : '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const those = lines.filter((line) => !line.startsWith('#'));
  const keys = those.length;
  const wanted = bareKey(key);
  if (those.some((line) => line.includes(wanted))) return { text: lines.join('\n'), added: false, keys };
  return { text: `${[...lines, key.trim()].join('\n')}\n`, added: true, keys: keys + 1 };
}

/** Kind and base64 of a public key, without its comment. */
function bareKey(line: string): string {
  return line.trim().split(/\s+/).slice(0, 2).join(' ');
}

function without(meta: Meta, unwanted: (key: string) => boolean): Meta {
  return Object.fromEntries(Object.entries(meta).filter(([key]) => !unwanted(key)));
}
