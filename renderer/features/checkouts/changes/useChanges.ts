import { useEffect, useMemo, useRef, useState } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { useAddressPart } from '../../compare/useAddressPart.ts';
import {
  type ChangedFile,
  type ChangeRow,
  changedFiles,
  changeRows,
  filesOfRow,
  groupRowId,
  keptMarks,
  keptSelection,
  withMarksTurned,
} from './changeRows.ts';

export interface Changes {
  readonly files: readonly ChangedFile[];
  readonly rows: readonly ChangeRow[];
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  /** A path, or a group's row. */
  readonly selected: string | undefined;
  readonly select: (id: string) => void;
  readonly file: ChangedFile | undefined;
  readonly marks: ReadonlySet<string>;
  readonly mark: (id: string) => void;
  readonly toggle: (id: string, open: boolean) => void;
  /** The marked files, or the selected one where none is marked; those of a group whose row is selected, as far as the filter shows them. */
  readonly chosen: readonly ChangedFile[];
  readonly clearMarks: () => void;
}

/** The list of changes with its selection and marks, which stay on their files while the folder changes. */
export function useChanges(view: Pick<CheckoutView, 'status' | 'problems'>): Changes {
  const files = useMemo(() => changedFiles(view.status, view.problems), [view.status, view.problems]);
  const [filter, setFilter] = useState('');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [marks, setMarks] = useState<ReadonlySet<string>>(new Set());
  const [inAddress, select] = useAddressPart('file');
  const rows = useMemo(() => changeRows(files, closed, filter), [files, closed, filter]);
  const order = useMemo(() => files.map(({ path }) => path), [files]);
  const before = useRef(order);
  // A group whose last file went is no row any more.
  const isEmptyGroup = inAddress?.startsWith('/') === true && !files.some(({ group }) => groupRowId(group) === inAddress);
  const selected = isEmptyGroup ? order[0] : (inAddress ?? order[0]);
  useEffect(() => {
    const kept = keptSelection(before.current, order, inAddress);
    before.current = order;
    if (kept !== inAddress) select(kept);
  }, [order, inAddress, select]);
  useEffect(() => setMarks((now) => keptMarks(now, files)), [files]);

  const chosen = useMemo(() => {
    if (marks.size > 0) return files.filter(({ path }) => marks.has(path));
    return filesOfRow(files, selected, filter);
  }, [files, marks, selected, filter]);
  const mark = (id: string) => {
    const of = filesOfRow(files, id, filter).map(({ path }) => path);
    setMarks((now) => withMarksTurned(now, of));
  };
  const toggle = (id: string, open: boolean) =>
    setClosed((now) => {
      const next = new Set(now);
      if (open) next.delete(id);
      else next.add(id);
      return next;
    });
  return {
    files,
    rows,
    filter,
    setFilter,
    selected,
    select,
    file: files.find(({ path }) => path === selected),
    marks,
    mark,
    toggle,
    chosen,
    clearMarks: () => setMarks(new Set()),
  };
}
