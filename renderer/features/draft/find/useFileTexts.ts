import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { client } from '../../../rpc.ts';
import { contentOf, isBinaryName, previewBytes } from '../../compare/objectText.ts';

export interface FileTexts {
  /** Files whose names don't say that they are no text. */
  readonly all: number;
  /** How many have been read, as long as they are; undefined before somebody asked. */
  readonly read: number | undefined;
  /** Texts by sha. */
  readonly texts: ReadonlyMap<string, string>;
  readonly load: () => void;
}

const nothing: ReadonlyMap<string, string> = new Map();

/** The texts of the draft's small files, read from the device or this computer when somebody asks, one after the other. */
export function useFileTexts(deviceId: DeviceId, state: StateDocument): FileTexts {
  const [texts, setTexts] = useState(nothing);
  const [read, setRead] = useState<number>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);
  const shas = useMemo(() => {
    const files = state.entries.flatMap((entry) => (entry.kind === 'object' && !isBinaryName(entry.key) ? [entry.sha] : []));
    return [...new Set(files)];
  }, [state]);

  const load = useCallback(() => {
    stop.current?.abort();
    const stopper = new AbortController();
    stop.current = stopper;
    const { signal } = stopper;
    const readAll = async () => {
      const found = new Map(texts);
      for (const [index, sha] of shas.entries()) {
        setRead(index);
        if (found.has(sha)) continue;
        const text = await readText(deviceId, sha, signal);
        if (signal.aborted) return;
        found.set(sha, text);
      }
      setTexts(found);
      setRead(shas.length);
    };
    void readAll();
  }, [deviceId, shas, texts]);
  return { all: shas.length, read, texts, load };
}

/** Nothing where a file can't be read, or is no text: the search goes on with the others. */
async function readText(id: DeviceId, sha: string, signal: AbortSignal): Promise<string> {
  try {
    const { bytes, truncated } = await client.device.object({ id, sha, maxBytes: previewBytes }, { signal });
    const content = contentOf(new Uint8Array(await bytes.arrayBuffer()), truncated);
    return content.kind === 'text' ? content.text : '';
  } catch {
    return '';
  }
}
