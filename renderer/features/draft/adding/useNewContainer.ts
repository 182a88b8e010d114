import { useEffect, useRef, useState } from 'react';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { type NewContainer, newContainer } from '../../../../shared/state/new-container.ts';
import { sendFile } from '../../../rpc/sendFile.ts';
import { client, problemOf } from '../../../rpc.ts';
import { strings } from '../../../strings/draft.ts';
import type { DraftEditing, Edit } from '../useDraft.ts';

export interface ContainerAdding {
  /** Bytes of the root file system that have arrived; undefined while nothing is added. */
  readonly sent: number | undefined;
  readonly problem: KnownProblem | undefined;
  /** Adds all entries of the container as one step; false when it could not, or the dialog was closed. */
  readonly add: (made: NewContainer, root: File | null) => Promise<boolean>;
}

/** The root file system is sent first: a container of which half is there would be refused by the device. */
export function useNewContainer({ edit }: DraftEditing): ContainerAdding {
  const [sent, setSent] = useState<number>();
  const [problem, setProblem] = useState<KnownProblem>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const add = async (made: NewContainer, root: File | null) => {
    const stopper = new AbortController();
    const { signal } = stopper;
    stop.current = stopper;
    setProblem(undefined);
    setSent(0);
    const { runKey, runJson, rootKey, conf } = newContainer(made);
    const batch = { id: crypto.randomUUID(), label: strings.newContainer.step(made.name) };
    try {
      const rootId = root === null ? undefined : await sendFile(root, setSent, signal);
      const confId = conf === undefined ? undefined : await sendFile(new Blob([conf.text]), undefined, signal);
      const files = [
        ...(rootId === undefined ? [] : [{ key: rootKey, fileId: rootId }]),
        ...(conf === undefined || confId === undefined ? [] : [{ key: conf.key, fileId: confId }]),
      ];
      const edits: readonly Edit[] = [
        ...files.map(
          (file): Edit =>
            (at) =>
              client.draft.setFile({ ...at, ...file, asObject: true, batch }),
        ),
        (at) => client.draft.setJson({ ...at, key: runKey, text: runJson, batch }),
      ];
      for (const one of edits) {
        const result = await edit(one);
        if (result.ok) continue;
        setProblem(result.problem);
        return false;
      }
      return !signal.aborted;
    } catch (error) {
      if (!signal.aborted) setProblem(problemOf(error));
      return false;
    } finally {
      setSent(undefined);
    }
  };
  return { sent, problem, add };
}
