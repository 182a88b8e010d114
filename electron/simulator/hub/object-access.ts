/** An object as it is sent out: with URLs that allow what they say for a day (hub: objects/service.go, MakeObjAccessible). */
import type { Hub } from './hub.ts';
import { type Members, objectText, quote } from './json-text.ts';
import type { ObjectRecord } from './object-records.ts';
import { freshTime, storedTime } from './times.ts';

const VALID_SECONDS = 86_400;

export function objectMembers(object: ObjectRecord, fresh = false): Members {
  const time = fresh ? freshTime : storedTime;
  return {
    id: quote(object.sha),
    'storage-id': quote(object.storageId),
    owner: quote(object.owner),
    objectname: quote(object.name),
    sha256sum: quote(object.sha),
    size: quote(object.size),
    sizeint: String(object.bytes),
    'mime-type': quote(object.mime),
    'time-created': quote(time(object.created)),
    'time-modified': quote(time(object.modified)),
  };
}

export function objectPlainText(object: ObjectRecord): string {
  return objectText(objectMembers(object));
}

/** Which of the two the record is: what the header says. */
export function objectTypeHeader(object: ObjectRecord): Readonly<Record<string, string>> {
  return { 'Pantahub-Object-Type': object.linked === '' ? 'object' : 'link' };
}

/**
 * @param caller only the owner gets a URL to upload with; that of a link leads nowhere
 * @param service `/objects` or `/trails`, who issues it
 */
export async function accessMembers(
  hub: Hub,
  object: ObjectRecord,
  caller: string,
  service: string,
  fresh = false,
): Promise<Members> {
  const get = await signedUrl(hub, object, { caller, service, method: 'GET', storage: object.linked || object.storageId });
  const putStorage = object.linked === '' ? object.storageId : 'SHAONLY';
  const put =
    caller === object.owner ? await signedUrl(hub, object, { caller, service, method: 'PUT', storage: putStorage }) : '';
  return {
    ...objectMembers(object, fresh),
    'signed-puturl': quote(put),
    'signed-geturl': quote(get),
    now: quote(String(Math.floor(hub.now() / 1000))),
    'expire-time': '"15"',
  };
}

export interface Signing {
  readonly caller: string;
  readonly service: string;
  readonly method: 'GET' | 'PUT';
  readonly storage: string;
}

/** The size is the string field's: one that is no number gives a URL that leads nowhere. */
export async function signedUrl(hub: Hub, object: ObjectRecord, signing: Signing): Promise<string> {
  const foreign = hub.faults.strikes('foreign-pvrremote', { method: 'GET', path: '/objects/' }) !== undefined;
  const base = `${foreign ? 'https://hub.example.net' : hub.origin()}/local-s3/`;
  if (!/^[+-]?\d+$/.test(object.size)) return `${base}INTERNAL-ERROR`;
  const issued = Math.floor(hub.now() / 1000);
  const token = await hub.tokens.signUrl({
    aud: signing.storage,
    exp: issued + VALID_SECONDS,
    iat: issued,
    iss: hub.origin() + signing.service,
    sub: signing.caller,
    DispositionName: object.name,
    Size: Number(object.size),
    Method: signing.method,
    Sha: object.sha,
  });
  return base + token;
}
