/** The hub's devices as they are stored (hub: devices/service.go, Device). */
import { flagOf, type HubDatabase, isDuplicate, numberOf, type Row, textOf } from './database.ts';
import { devicePrn } from './ids.ts';
import { goMap, type JsonMap, objectText, quote, readMap, unquotedText } from './json-text.ts';
import { freshTime, storedTime } from './times.ts';

export interface Device {
  readonly id: string;
  readonly prn: string;
  readonly nick: string;
  /** A prn; empty while nobody owns it. */
  readonly owner: string;
  readonly secret: string;
  /** Empty once it is claimed. */
  readonly challenge: string;
  readonly public: boolean;
  /** JSON texts, dots in their keys escaped (mostly: PATCH device-meta and PUT do not). */
  readonly userMeta: string;
  readonly deviceMeta: string;
  readonly garbage: boolean;
  readonly created: number;
  readonly modified: number;
}

export interface DeviceRecords {
  /** Garbage ones too. */
  get(id: string): Device | undefined;
  /** Of an owner, garbage left out. */
  byNick(owner: string, nick: string): Device | undefined;
  /** In the order in which they were added; garbage left out. */
  ownedBy(owner: string): readonly Device[];
  changes(owner: string, query: { readonly after?: number; readonly before?: number; readonly limit: number }): readonly Device[];
  count(owner: string): number;
  /** False where the owner has one of that nick already, be it garbage. */
  insert(device: Device): boolean;
  /** The same for a nick that is taken. */
  replace(device: Device): boolean;
  /** The JSON of a row in its owner's list, made once per change. */
  listText(device: Device): string;
}

export function openDevices(database: HubDatabase): DeviceRecords {
  const texts = new Map<string, { readonly modified: number; readonly text: string }>();
  const write = (sql: string, device: Device): boolean => {
    texts.delete(device.id);
    try {
      database.run(
        sql,
        ...[device.id, device.nick, device.owner, device.secret, device.challenge, Number(device.public)],
        ...[device.userMeta, device.deviceMeta, Number(device.garbage), device.created, device.modified],
      );
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  return {
    get(id) {
      const row = database.get('SELECT * FROM devices WHERE id = ?', id.toLowerCase());
      return row ? deviceOf(row) : undefined;
    },
    byNick(owner, nick) {
      const row = database.get('SELECT * FROM devices WHERE owner = ? AND nick = ? AND garbage = 0', owner, nick);
      return row ? deviceOf(row) : undefined;
    },
    ownedBy: (owner) => database.all('SELECT * FROM devices WHERE owner = ? AND garbage = 0 ORDER BY rowid', owner).map(deviceOf),
    changes(owner, { after, before, limit }) {
      const rows =
        after !== undefined
          ? database.all('SELECT * FROM devices WHERE owner = ? AND modified > ? ORDER BY modified LIMIT ?', owner, after, limit)
          : database.all(
              'SELECT * FROM devices WHERE owner = ? AND modified < ? ORDER BY modified DESC LIMIT ?',
              ...[owner, before ?? 0, limit],
            );
      return rows.map(deviceOf);
    },
    count: (owner) =>
      numberOf(database.get('SELECT count(*) AS n FROM devices WHERE owner = ? AND garbage = 0', owner) ?? {}, 'n'),
    insert: (device) => write('INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', device),
    replace: (device) =>
      write(
        `UPDATE devices SET nick = ?2, owner = ?3, secret = ?4, challenge = ?5, public = ?6, user_meta = ?7, device_meta = ?8,
         garbage = ?9, created = ?10, modified = ?11 WHERE id = ?1`,
        device,
      ),
    listText(device) {
      const known = texts.get(device.id);
      if (known?.modified === device.modified) return known.text;
      const text = deviceText(device, { metas: 'plain' });
      texts.set(device.id, { modified: device.modified, text });
      return text;
    },
  };
}

function deviceOf(row: Row): Device {
  const id = textOf(row, 'id');
  return {
    id,
    prn: devicePrn(id),
    nick: textOf(row, 'nick'),
    owner: textOf(row, 'owner'),
    secret: textOf(row, 'secret'),
    challenge: textOf(row, 'challenge'),
    public: flagOf(row, 'public'),
    userMeta: textOf(row, 'user_meta'),
    deviceMeta: textOf(row, 'device_meta'),
    garbage: flagOf(row, 'garbage'),
    created: numberOf(row, 'created'),
    modified: numberOf(row, 'modified'),
  };
}

export interface DeviceForm {
  /** `escaped` sends the keys as they are stored: the handlers that forget to unescape. */
  readonly metas: 'plain' | 'escaped' | 'plain-user-only';
  readonly ownerNick?: string;
  /** Which of its times come from the clock and not from the database. */
  readonly fresh?: 'modified' | 'both';
}

/** A device as JSON, secret and challenge included where the record has them. */
export function deviceText(device: Device, form: DeviceForm): string {
  const plain = (text: string): string => unquotedText(text);
  return objectText({
    id: quote(device.id),
    prn: quote(device.prn),
    nick: quote(device.nick),
    owner: quote(device.owner),
    ...(form.ownerNick ? { 'owner-nick': quote(form.ownerNick) } : {}),
    ...(device.secret === '' ? {} : { secret: quote(device.secret) }),
    'time-created': quote(form.fresh === 'both' ? freshTime(device.created) : storedTime(device.created)),
    'time-modified': quote(form.fresh ? freshTime(device.modified) : storedTime(device.modified)),
    ...(device.challenge === '' ? {} : { challenge: quote(device.challenge) }),
    public: String(device.public),
    'user-meta': form.metas === 'escaped' ? device.userMeta : plain(device.userMeta),
    'device-meta': form.metas === 'plain' ? plain(device.deviceMeta) : device.deviceMeta,
    garbage: String(device.garbage),
    mark_public_processed: 'false',
  });
}

/** A device with other metas. */
export function withMeta(device: Device, meta: 'userMeta' | 'deviceMeta', map: JsonMap): Device {
  return { ...device, [meta]: goMap(map) };
}

export function metaOf(device: Device, meta: 'userMeta' | 'deviceMeta'): JsonMap {
  return readMap(device[meta]);
}

/** hub: devices/service.go, DeviceNickRule: `(?m)` lets any one line of several be right. */
export function isDeviceNick(nick: string): boolean {
  return /^[a-zA-Z0-9_\-+%]+$/m.test(nick);
}
