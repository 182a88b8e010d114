import { Autocomplete, Button, Checkbox, Group, Modal, Progress, Stack } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { KnownProblem } from '../../../../shared/contract/errors.ts';
import { containerFolders } from '../../../../shared/state/parts.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { sendFile } from '../../../rpc/sendFile.ts';
import { client, problemOf } from '../../../rpc.ts';
import { strings } from '../../../strings/draft.ts';
import { DataSize } from '../../../ui/DataSize.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import classes from '../draft.module.css';
import type { DraftEditing } from '../useDraft.ts';
import { type ChosenFile, type PlannedFile, planFiles } from './addFiles.ts';

interface AddFilesDialogProps {
  readonly files: readonly ChosenFile[];
  /** Where the files go, unless somebody chooses another. */
  readonly folder: string;
  /** The one entry that is replaced: then there is nothing to ask, and the file is sent at once. */
  readonly replaces?: string;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onAdded: (key: string) => void;
}

/** Shows where chosen files go and what they replace before they are added, and then how far they are. */
export function AddFilesDialog({ files, folder, replaces, next, editing, onClose, onAdded }: AddFilesDialogProps) {
  const [into, setInto] = useState(folder);
  const [jsonAsObject, setJsonAsObject] = useState(false);
  const plan = useMemo(() => planFiles(files, into, jsonAsObject, next), [files, into, jsonAsObject, next]);
  const adding = useAdding(editing);
  const busy = adding.at !== undefined;
  const folders = useMemo(() => {
    const own = [...containerFolders(next).keys()];
    return [...own, 'bsp', ...own.map((name) => `_config/${name}`)];
  }, [next]);
  const faults = useMemo(() => plan.filter((one) => one.fault !== undefined).length, [plan]);
  const add = async () => {
    const label = replaces === undefined ? strings.filesStep(plan.length, plan[0]?.key ?? '') : strings.replaceStep(replaces);
    if (!(await adding.run(plan, label))) return;
    onClose();
    const first = plan[0];
    if (first !== undefined) onAdded(first.key);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => {
    if (replaces !== undefined) void add();
  }, []);
  return (
    <Modal
      opened
      onClose={onClose}
      title={replaces === undefined ? strings.filesTitle(files.length) : strings.replaceTitle(replaces)}
      size="lg"
      closeButtonProps={{ 'aria-label': strings.close }}
    >
      <Stack gap="md">
        {replaces === undefined && (
          <Autocomplete
            size="xs"
            label={strings.filesInto}
            description={strings.filesIntoHint}
            value={into}
            disabled={busy}
            data-autofocus
            data={folders}
            limit={12}
            openOnFocus={false}
            onChange={setInto}
          />
        )}
        {replaces === undefined && files.some((one) => one.path.endsWith('.json')) && (
          <Checkbox
            label={strings.jsonAsObject}
            checked={jsonAsObject}
            disabled={busy}
            onChange={(event) => setJsonAsObject(event.currentTarget.checked)}
          />
        )}
        <PlanTable plan={plan} />
        {faults > 0 && <p className={classes.fault}>{strings.filesFaults(faults)}</p>}
        {adding.at !== undefined && (
          <div role="status">
            <Progress
              aria-label={strings.sentBytes}
              value={(100 * adding.sent) / Math.max(1, plan[adding.at]?.file.size ?? 1)}
              color="gray"
            />
            {strings.adding(adding.at + 1, plan.length)} <DataSize bytes={adding.sent} />
          </div>
        )}
        {adding.problem !== undefined && <ProblemPanel problem={adding.problem} />}
        <Group justify="flex-end" gap="sm">
          <Button onClick={onClose}>{strings.cancel}</Button>
          <Button variant="filled" disabled={faults > 0} loading={busy} onClick={() => void add()}>
            {replaces === undefined ? strings.addConfirm : strings.again}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** So many files are listed, those that can't be added first. */
const shownFiles = 200;

function PlanTable({ plan }: { plan: readonly PlannedFile[] }) {
  const listed = useMemo(() => [...plan].sort((one, other) => rank(one) - rank(other)).slice(0, shownFiles), [plan]);
  return (
    <div className={classes.fileTable}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{strings.key}</th>
            <th scope="col">{strings.becomes}</th>
            <th scope="col" className={classes.number}>
              {strings.size}
            </th>
          </tr>
        </thead>
        <tbody>
          {listed.map((one, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be there twice, which is what is shown
            <tr key={index}>
              <th scope="row">
                <code>{one.key}</code>
                {one.fault !== undefined && <p className={classes.fault}>{one.fault}</p>}
              </th>
              <td>
                {one.becomes === 'json' ? strings.asJson : strings.asObject}, {one.replaces ? strings.replaces : strings.isNew}
              </td>
              <td className={classes.number}>
                <DataSize bytes={one.file.size} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {plan.length > listed.length && <p className={classes.note}>{strings.moreFiles(plan.length - listed.length)}</p>}
    </div>
  );
}

function rank({ fault }: PlannedFile): number {
  return fault === undefined ? 1 : 0;
}

interface Adding {
  /** The file that is being sent now. */
  readonly at: number | undefined;
  /** Bytes of it that have arrived. */
  readonly sent: number;
  readonly problem: KnownProblem | undefined;
  /** Adds the files one after the other, as one step for undo; false when one could not be added, or the dialog was closed. */
  readonly run: (plan: readonly PlannedFile[], label: string) => Promise<boolean>;
}

function useAdding({ edit }: DraftEditing): Adding {
  const [at, setAt] = useState<number>();
  const [sent, setSent] = useState(0);
  const [problem, setProblem] = useState<KnownProblem>();
  const stop = useRef<AbortController>(undefined);
  useEffect(() => () => stop.current?.abort(), []);

  const run = async (plan: readonly PlannedFile[], label: string) => {
    const batch = { id: crypto.randomUUID(), label };
    const stopper = new AbortController();
    const { signal } = stopper;
    stop.current = stopper;
    setProblem(undefined);
    try {
      for (const [index, one] of plan.entries()) {
        setAt(index);
        setSent(0);
        const fileId = await sendFile(one.file, setSent, signal);
        const result = await edit((draft) =>
          client.draft.setFile({ ...draft, key: one.key, fileId, asObject: one.becomes === 'object', batch }),
        );
        if (!result.ok) {
          setProblem(result.problem);
          return false;
        }
      }
      return !signal.aborted;
    } catch (error) {
      if (!signal.aborted) setProblem(problemOf(error));
      return false;
    } finally {
      if (stop.current === stopper) setAt(undefined);
    }
  };
  return { at, sent, problem, run };
}
