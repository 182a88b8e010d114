import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Host } from '../../shared/contract/connection.ts';
import { TrailbossError } from '../../shared/contract/errors.ts';
import { isIpv4, isIpv6 } from '../../shared/pvr/ip-address.ts';
import { endpointPort, endpointUrl } from '../../shared/pvr/reference.ts';
import { maxStateBytes } from '../../shared/state/state.ts';
import { cantRead, noState, notText, tooLarge } from './problems.ts';

export type InputKind = 'file' | 'checkout' | 'working-tree' | 'pvr-folder' | 'export' | 'device' | 'stdin';

/** A state that an argument names: its exact text, because a device compares texts. */
export interface Input {
  readonly argument: string;
  readonly kind: InputKind;
  readonly text: string;
  /** Of the text's bytes, hex. */
  readonly sha256: string;
  /** The file or folder that it was read from, where its objects may be too. */
  readonly place: string | undefined;
}

export interface InputPorts {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
  /** For each device that is asked. */
  readonly timeoutMs: number;
}

/** Reads what an argument names; nothing is written anywhere but for an export's own scratch. Throws TrailbossError with sentences. */
export async function readInput(argument: string, ports: InputPorts): Promise<Input> {
  const { kind, text, place } = await read(argument, ports);
  return { argument, kind, text, sha256: createHash('sha256').update(text).digest('hex'), place };
}

interface Read {
  readonly kind: InputKind;
  readonly text: string;
  readonly place?: string;
}

async function read(argument: string, ports: InputPorts): Promise<Read> {
  if (argument === '-') return { kind: 'stdin', text: decoded(await gathered(ports.stdin), 'Standard input') };
  if (/^https?:\/\//i.test(argument)) return fromEndpoint(argument, ports);
  const there = await kindOnDisk(argument);
  if (there !== undefined) return fromDisk(argument, there, 'commit', ports.signal);
  const [, folder, which] = /^(.+)@(working|commit)$/.exec(argument) ?? [];
  const checkout = folder === undefined ? undefined : await kindOnDisk(folder);
  if (folder !== undefined && (checkout === 'checkout' || checkout === 'pvr-folder')) {
    return fromDisk(folder, checkout, which === 'working' ? 'working' : 'commit', ports.signal);
  }
  const url = endpointOf(argument);
  if (url === undefined) throw noState(argument);
  return fromEndpoint(url, ports);
}

async function kindOnDisk(path: string): Promise<'file' | 'folder' | 'checkout' | 'pvr-folder' | undefined> {
  const facts = await factsOf(path);
  if (facts === undefined) return undefined;
  if (!facts.isDirectory()) return 'file';
  if ((await factsOf(join(path, '.pvr/json')))?.isFile() === true) return 'checkout';
  return (await factsOf(join(path, 'json')))?.isFile() === true ? 'pvr-folder' : 'folder';
}

async function factsOf(path: string) {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

async function fromDisk(
  path: string,
  there: 'file' | 'folder' | 'checkout' | 'pvr-folder',
  which: 'commit' | 'working',
  signal: AbortSignal,
): Promise<Read> {
  switch (there) {
    case 'file':
      return fromFile(path, signal);
    case 'folder':
      throw cantRead(path, 'it is a folder without .pvr/json, and no checkout');
    case 'checkout':
      return which === 'working'
        ? workingTree(path, signal)
        : { kind: 'checkout', text: await textAt(join(path, '.pvr/json')), place: path };
    case 'pvr-folder':
      return which === 'working'
        ? workingTree(resolve(path, '..'), signal)
        : { kind: 'pvr-folder', text: await textAt(join(path, 'json')), place: resolve(path) };
  }
}

async function workingTree(root: string, signal: AbortSignal): Promise<Read> {
  const { openFolderFeed } = await import('../checkouts/folder/folder-feed.ts');
  const feed = await openFolderFeed(root, 'working');
  return { kind: 'working-tree', text: await feed.state(signal), place: root };
}

async function fromFile(path: string, signal: AbortSignal): Promise<Read> {
  // A pipe can be read once only.
  if ((await factsOf(path))?.isFile() !== true || !isPacked(await firstBytes(path)))
    return { kind: 'file', text: await textAt(path) };
  const { openExportFeed } = await import('../checkouts/folder/export-feed.ts');
  const feed = await openExportFeed(path);
  try {
    return { kind: 'export', text: await feed.state(signal), place: path };
  } finally {
    await feed.close();
  }
}

/** gzip, or a tar archive of any of its formats. */
function isPacked(start: Uint8Array): boolean {
  return (start[0] === 0x1f && start[1] === 0x8b) || Buffer.from(start.subarray(257, 262)).toString('latin1') === 'ustar';
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await opened(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw cantRead(path, reasonOf(error), error);
  } finally {
    await file.close();
  }
}

/** A whole text file; TrailbossError when it is too large for a state, or no UTF-8. */
export async function textAt(path: string): Promise<string> {
  const file = await opened(path);
  try {
    return decoded(await gathered(file.createReadStream({ autoClose: false })), path);
  } catch (error) {
    if (error instanceof TrailbossError) throw error;
    throw cantRead(path, reasonOf(error), error);
  } finally {
    await file.close();
  }
}

async function opened(path: string) {
  try {
    return await open(path);
  } catch (error) {
    throw cantRead(path, reasonOf(error), error);
  }
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
    case 'EPERM':
      return 'it may not be read';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

async function gathered(source: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > maxStateBytes) throw tooLarge();
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function decoded(bytes: Buffer, what: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw notText(what, error);
  }
}

/** `host`, `host:port`, `[v6]:port`, an IP address; a bare word is a file that is not there. */
function endpointOf(argument: string): string | undefined {
  const [, bracketed, bracketPort] = /^\[([0-9a-fA-F:.]+)\](?::(\d{1,5}))?$/.exec(argument) ?? [];
  if (bracketed !== undefined) return isIpv6(bracketed) ? withPort(bracketed, bracketPort) : undefined;
  if (isIpv4(argument) || isIpv6(argument)) return endpointUrl(argument);
  const [, host, port] = /^([A-Za-z0-9.-]+?)(?::(\d{1,5}))?$/.exec(argument) ?? [];
  if (host === undefined || !Host.safeParse(host).success || /\.(json|tar|tgz|gz)$/i.test(host)) return undefined;
  return port !== undefined || host === 'localhost' || host.includes('.') ? withPort(host, port) : undefined;
}

function withPort(host: string, port: string | undefined): string | undefined {
  const number = port === undefined ? endpointPort : Number(port);
  return number >= 1 && number <= 65_535 ? endpointUrl(host, number) : undefined;
}

async function fromEndpoint(text: string, { signal, timeoutMs }: InputPorts): Promise<Read> {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') {
    throw cantRead(text.replace(/\/\/[^/]*@/, '//…@'), 'it is no URL of a pvr endpoint; a login has no place in it');
  }
  url.hash = '';
  const { PvrRemote } = await import('../sources/pvr/remote.ts');
  const remote = new PvrRemote(url.href);
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return { kind: 'device', text: await remote.state(AbortSignal.any([signal, timeout])) };
  } catch (error) {
    if (timeout.aborted && !signal.aborted)
      throw cantRead(url.host, `it gave no state within ${timeoutMs / 1000} seconds`, error);
    throw error;
  } finally {
    await remote.close();
  }
}
