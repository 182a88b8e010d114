import { maxPieceBytes } from '../../shared/contract/draft.ts';
import type { FileId } from '../../shared/contract/ids.ts';
import { client } from '../rpc.ts';

/**
 * Brings a file into the backend's store, piece by piece, so that its size does not matter to memory.
 * @param onBytes how many bytes have arrived there
 * @returns the id to name in `draft.setFile`
 */
export async function sendFile(file: Blob, onBytes: (bytes: number) => void = () => {}, signal?: AbortSignal): Promise<FileId> {
  const { fileId } = await client.draft.openFile({ size: file.size });
  try {
    for (let at = 0; at < file.size; at += maxPieceBytes) {
      signal?.throwIfAborted();
      const bytes = file.slice(at, at + maxPieceBytes);
      await client.draft.sendPiece({ fileId, at, bytes });
      onBytes(at + bytes.size);
    }
    return fileId;
  } catch (error) {
    await client.draft.dropFile({ fileId }).catch(() => {});
    throw error;
  }
}
