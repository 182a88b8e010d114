import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { client } from '../../../rpc.ts';
import { typeBytes } from '../../compare/fileType.ts';
import { contentOf, isBinaryName } from '../../compare/objectText.ts';

/** More of a text is neither shown nor edited. Bytes. */
export const mostFileBytes = 5_000_000;

/** A file of the working tree as it is on the disk. `mark` names its bytes. */
export interface FileContent {
  readonly path: string;
  readonly mark: string;
  readonly size: number;
  readonly truncated: boolean;
  /** Undefined for a file that is no text. */
  readonly text: string | undefined;
  readonly type: string | undefined;
}

export interface FileReading {
  readonly content: FileContent | undefined;
  readonly error: Error | null;
  readonly refetch: () => unknown;
}

/** Reads a file, anew whenever the folder was seen to change (`version`). What was read before stays until then. */
export function useFileBytes(id: CheckoutId, version: number, path: string): FileReading {
  const maxBytes = isBinaryName(path) ? typeBytes : mostFileBytes;
  const file = useQuery({
    queryKey: ['checkout file', id, path, version],
    queryFn: () => client.checkout.file({ id, path, maxBytes }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
    placeholderData: (before, query) => (query?.queryKey[2] === path ? before : undefined),
    retry: false,
  });
  const [content, setContent] = useState<FileContent>();
  const read = file.data;
  useEffect(() => {
    if (read === undefined) return;
    let wanted = true;
    void read.bytes.arrayBuffer().then((buffer) => {
      if (!wanted) return;
      const found = contentOf(new Uint8Array(buffer), read.truncated);
      const text = found.kind === 'text' && !isBinaryName(path) ? found.text : undefined;
      setContent({ path, mark: read.mark, size: read.size, truncated: read.truncated, text, type: found.type });
    });
    return () => {
      wanted = false;
    };
  }, [read, path]);
  return {
    content: content?.path === path ? content : undefined,
    error: file.isFetching ? null : file.error,
    refetch: file.refetch,
  };
}
