import type { DeviceId } from '../../../shared/contract/ids.ts';
import { type LogFile, mostLogBytes } from '../../../shared/contract/logs.ts';
import { client } from '../../rpc.ts';
import { saveBlob } from '../../ui/saveBlob.ts';
import type { LogBuffer } from './logBuffer.ts';
import { fileHead } from './logText.ts';
import { textOfPlaces } from './selection.ts';

/** A file as it is written, piece by piece. */
interface Sink {
  write(piece: Blob): Promise<void>;
  close(): Promise<void>;
  /** What was written is thrown away. */
  abort(): Promise<void>;
}

/** From so many bytes on a person is asked where to, so that the bytes go straight to the disk. */
const largeBytes = 67_108_864;
/** Lines of one piece of what is shown. */
const linesAtOnce = 2000;

/** The File System Access API, which not every browser has. */
interface Picker {
  showSaveFilePicker(options: { readonly suggestedName: string }): Promise<{ createWritable(): Promise<Sink> }>;
}

function canPick(page: object): page is Picker {
  return 'showSaveFilePicker' in page && typeof page.showSaveFilePicker === 'function';
}

export interface SaveProgress {
  readonly name: string;
  readonly unit: 'bytes' | 'lines';
  readonly done: number;
  readonly total: number;
}

/** How saving ended; undefined where a person chose no place for the file. */
export type Saved = 'saved' | 'cancelled' | undefined;

async function openSink(name: string, bytes: number): Promise<Sink | undefined> {
  if (bytes >= largeBytes && canPick(window)) {
    try {
      const handle = await window.showSaveFilePicker({ suggestedName: name });
      return await handle.createWritable();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return undefined;
      // Where a page may not ask, the browser's own download does it.
    }
  }
  const pieces: Blob[] = [];
  return {
    // The browser keeps the pieces of a blob where it likes, on the disk too.
    write: async (piece) => void pieces.push(piece),
    close: async () => saveBlob(new Blob(pieces, { type: 'text/plain' }), name),
    abort: async () => void pieces.splice(0),
  };
}

/** Saves the lines in view as they are when they are reached; what is let go meanwhile is missing. */
export function saveShown(
  buffer: LogBuffer,
  name: string,
  onProgress: (progress: SaveProgress) => void,
  signal: AbortSignal,
): Promise<Saved> {
  const total = buffer.view.length;
  const end = buffer.view.at(total - 1);
  return saveTo(name, 0, signal, async (sink) => {
    await sink.write(new Blob([fileHead]));
    let seq = buffer.view.at(0);
    for (let done = 0; seq !== undefined && end !== undefined && seq <= end && !signal.aborted; ) {
      const from = buffer.view.placeOf(seq);
      const to = Math.min(from + linesAtOnce, buffer.view.placeOf(end + 1));
      await sink.write(new Blob([`${textOfPlaces(buffer, from, to)}\n`]));
      done += to - from;
      seq = buffer.view.at(to);
      onProgress({ name, unit: 'lines', done, total });
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
  });
}

/** Saves a whole file of a device, in pieces that are fetched one after the other. */
export function saveFile(
  id: DeviceId,
  file: LogFile,
  name: string,
  onProgress: (progress: SaveProgress) => void,
  signal: AbortSignal,
): Promise<Saved> {
  const { revision, path, size } = file;
  return saveTo(name, size, signal, async (sink) => {
    for (let offset = 0; !signal.aborted; ) {
      const piece = await client.logs.bytes({ id, file: { revision, path }, offset, length: mostLogBytes }, { signal });
      await sink.write(piece.bytes);
      offset += piece.bytes.size;
      onProgress({ name, unit: 'bytes', done: offset, total: size });
      // What is written to it meanwhile is the next file's.
      if (piece.bytes.size === 0 || offset >= size) return;
    }
  });
}

async function saveTo(name: string, bytes: number, signal: AbortSignal, write: (sink: Sink) => Promise<void>): Promise<Saved> {
  const sink = await openSink(name, bytes);
  if (sink === undefined) return undefined;
  try {
    await write(sink);
    if (signal.aborted) {
      await sink.abort();
      return 'cancelled';
    }
    await sink.close();
    return 'saved';
  } catch (error) {
    await sink.abort();
    if (signal.aborted) return 'cancelled';
    throw error;
  }
}
