/** `/user-meta` and `/device-meta` (ctrl_usrmeta_ep.c, ctrl_devmeta_ep.c). */
import { json, ok, type Reply, type Request, readText, refusal } from '../exchange.ts';
import { LARGEST_VALUE, type MetadataFile, metaValueOf } from '../metadata.ts';
import type { ControlledDevice, Parts } from './model.ts';
import { unsupported } from './steps.ts';

export function userMeta(device: ControlledDevice, request: Request, parts: Parts): Promise<Reply | undefined> {
  return metadata(device.userMeta, 'User', request, parts);
}

export function deviceMeta(device: ControlledDevice, request: Request, parts: Parts): Promise<Reply | undefined> {
  return metadata(device.deviceMeta, 'Device', request, parts);
}

async function metadata(
  file: MetadataFile,
  whose: 'User' | 'Device',
  request: Request,
  parts: Parts,
): Promise<Reply | undefined> {
  const [, key, ...more] = parts;
  if (key === undefined) return request.method === 'GET' ? json(200, JSON.stringify(file.read())) : unsupported();
  // Keys are taken as they stand: no slash, and `%20` stays `%20`.
  if (key === '' || more.length > 0) return undefined;
  if (request.method === 'PUT') return put(file, whose, key, await readText(request, LARGEST_VALUE - 1));
  if (request.method !== 'DELETE') return unsupported();
  return file.remove(key) ? ok() : refusal(404, `${whose} meta does not exist`);
}

function put(file: MetadataFile, whose: 'User' | 'Device', key: string, text: string | undefined): Reply {
  if (text === undefined) return refusal(507, 'Not enough disk space available');
  if (text === '') return refusal(400, `Cannot add or update ${whose.toLowerCase()} meta`);
  file.set(key, metaValueOf(text));
  return ok();
}
