import { useCallback, useEffect, useRef, useState } from 'react';
import type { Draft } from '../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../shared/state/state.ts';
import { client } from '../../rpc.ts';
import { shownText, storedIn, storedToken } from './stored.ts';
import type { DraftEditing, Edit, Edited } from './useDraft.ts';

/** What was typed is stored this long after the last key, in milliseconds. */
const saveDelay = 300;
/** While the backend can't be reached, storing is tried again this often. */
const retryDelay = 1000;

export type SaveState = 'saved' | 'saving' | 'failed';

export interface JsonText {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Stores at once what waits to be stored. */
  readonly flush: () => void;
  readonly state: SaveState;
  /** What was typed here and lost against a change of the same entry from elsewhere. */
  readonly overtaken: string | undefined;
}

/**
 * The text of one entry while it is edited. It is stored by itself, shortly after the last key and whenever the editor is left;
 * a change from elsewhere replaces it unless something typed waits. Use it under the entry's key as React key.
 */
export function useJsonText(draft: Draft, state: StateDocument, key: string, editing: DraftEditing): JsonText {
  const [text, setText] = useState(() => shownText(draft, state, key));
  const [save, setSave] = useState<SaveState>('saved');
  const [overtaken, setOvertaken] = useState<string>();
  const waiting = useRef<string>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stored = storedToken(draft, state, key);
  /** What the backend had when this editor last agreed with it. */
  const agreed = useRef(stored);
  const shown = useRef('');
  shown.current = shownText(draft, state, key);
  const { edit, reload } = editing;

  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const typed = waiting.current;
    if (typed === undefined) return;
    const later = () => {
      timer.current = setTimeout(flush, retryDelay);
    };
    void storeText({ edit, reload }, key, typed, agreed.current).then((result) => {
      if (result.ok) agreed.current = storedIn(result.draft, key);
      if (waiting.current !== typed) return;
      if (!result.ok && result.problem.code === 'CANCELLED') return later();
      waiting.current = undefined;
      setSave(result.ok ? 'saved' : 'failed');
      if (!result.ok && result.problem.code === 'CONFLICT') {
        setOvertaken(typed);
        setText(shown.current);
      }
    });
  }, [edit, reload, key]);

  const type = useCallback(
    (next: string) => {
      setText(next);
      setSave('saving');
      waiting.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, saveDelay);
    },
    [flush],
  );

  useEffect(() => {
    if (waiting.current !== undefined || stored === agreed.current) return;
    agreed.current = stored;
    setText(shown.current);
  }, [stored]);

  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);

  return { text, type, flush, state: save, overtaken };
}

/** Stores the text; when the draft was changed elsewhere but not this entry, once more against the newer version. */
async function storeText(
  editing: Pick<DraftEditing, 'edit' | 'reload'>,
  key: string,
  text: string,
  base: string,
): Promise<Edited> {
  const set: Edit = (at) => client.draft.setJson({ ...at, key, text });
  const first = await editing.edit(set);
  if (first.ok || first.problem.code !== 'CONFLICT') return first;
  const now = await editing.reload().catch(() => undefined);
  return now !== undefined && storedIn(now, key) === base ? editing.edit(set) : first;
}
