import { useCallback, useEffect, useRef, useState } from 'react';
import { parseState, type StateEntry } from '../../../shared/state/state.ts';
import { sendFile } from '../../rpc/sendFile.ts';
import { client } from '../../rpc.ts';
import type { DraftEditing } from './useDraft.ts';

export interface FileText {
  /** What was typed; undefined while the file is shown as it is. */
  readonly typed: string | undefined;
  readonly dirty: boolean;
  readonly type: (text: string) => void;
  /** Makes a new object of what was typed. */
  readonly flush: () => void;
}

/**
 * A text file while it is edited. Each version that is kept becomes an object, so it is stored when the editor is left or when
 * somebody asks, not with each key. A change from elsewhere replaces what was typed.
 */
export function useFileText(value: Extract<StateEntry, { kind: 'object' }>, editing: DraftEditing): FileText {
  const [typed, setTyped] = useState<string>();
  const [dirty, setDirty] = useState(false);
  const waiting = useRef<string>(undefined);
  const own = useRef<string>(value.sha);
  const { key } = value;
  const { edit } = editing;

  const flush = useCallback(() => {
    const text = waiting.current;
    if (text === undefined) return;
    waiting.current = undefined;
    void edit(async (at) => {
      const fileId = await sendFile(new Blob([text]));
      const draft = await client.draft.setFile({ ...at, key, fileId, asObject: true });
      own.current = shaIn(draft.text, key) ?? own.current;
      return draft;
    }).then((result) => {
      if (result.ok) setDirty(waiting.current !== undefined);
      else waiting.current ??= text;
    });
  }, [edit, key]);

  const type = useCallback((text: string) => {
    setTyped(text);
    setDirty(true);
    waiting.current = text;
  }, []);

  useEffect(() => {
    if (value.sha === own.current) return;
    own.current = value.sha;
    waiting.current = undefined;
    setTyped(undefined);
    setDirty(false);
  }, [value.sha]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return { typed, dirty, type, flush };
}

function shaIn(stateText: string, key: string): string | undefined {
  const parsed = parseState(stateText);
  const entry = parsed.ok ? parsed.state.byKey.get(key) : undefined;
  return entry?.kind === 'object' ? entry.sha : undefined;
}
