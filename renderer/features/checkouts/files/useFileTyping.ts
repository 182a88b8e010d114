import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { client, problemOf } from '../../../rpc.ts';
import { type FileState, type OnDisk, stateOf, typed } from './fileBuffer.ts';
import { typingKey, useTypings } from './typings.ts';
import type { FileReading } from './useFileBytes.ts';

export interface FileTyping {
  /** What the editor shows. */
  readonly text: string;
  readonly state: FileState;
  readonly type: (text: string) => void;
  /** Writes what was typed; in a conflict over what is there now. */
  readonly save: () => void;
  readonly discard: () => void;
  readonly saving: boolean;
  /** It was saved from here, and nothing was typed since. */
  readonly saved: boolean;
  /** Why saving failed, other than by a conflict. */
  readonly problem: KnownProblem | undefined;
}

/** The text of a file while it is edited: saved on request, and never over what somebody else wrote meanwhile. */
export function useFileTyping(view: CheckoutView, path: string, reading: FileReading): FileTyping {
  const key = typingKey(view.id, path);
  const typing = useTypings(({ byKey }) => byKey[key]);
  const put = useTypings((state) => state.put);
  const [saved, setSaved] = useState(false);
  /** What was written last, until the folder was read again. */
  const [written, setWritten] = useState<{ readonly mark: string; readonly text: string; readonly over: string | undefined }>();
  const { content } = reading;
  const gone = reading.error !== null && problemOf(reading.error).code === 'NOT_FOUND';
  const read: OnDisk = gone ? 'gone' : content?.text === undefined ? undefined : { mark: content.mark, text: content.text };
  const isOlder = written !== undefined && read !== 'gone' && read?.mark === written.over;
  const disk: OnDisk = isOlder ? written : read;
  const state = stateOf(typing, disk);
  const write = useMutation({
    mutationFn: ({ text, mark }: { readonly text: string; readonly mark: string | undefined }) =>
      client.checkout.writeFile({ id: view.id, path, text, ...(mark === undefined ? {} : { mark }) }),
    onSuccess: ({ mark }, { text, mark: over }) => {
      setWritten({ mark, text, over });
      setSaved(true);
      const now = useTypings.getState().byKey[key];
      put(key, now === undefined || now.text === text ? undefined : { text: now.text, base: { mark, text } });
    },
    // What is there now is read, and shown as a conflict.
    onError: () => void reading.refetch(),
  });
  const latest = useRef(disk);
  latest.current = disk;
  const problem = write.error === null ? undefined : problemOf(write.error);
  return {
    text: typing?.text ?? (disk === undefined || disk === 'gone' ? '' : disk.text),
    state,
    type: (text) => {
      setSaved(false);
      if (write.error !== null) write.reset();
      put(key, typed(useTypings.getState().byKey[key], latest.current, text));
    },
    save: () => {
      const now = useTypings.getState().byKey[key];
      if (now === undefined || state.kind === 'clean') return;
      write.mutate({ text: now.text, mark: state.mark });
    },
    discard: () => {
      write.reset();
      put(key, undefined);
    },
    saving: write.isPending,
    saved: saved && typing === undefined,
    problem: problem?.code === 'CONFLICT' ? undefined : problem,
  };
}
