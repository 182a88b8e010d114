import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { TrustAnchor } from '../../../shared/contract/signature.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/signatures.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { showUndo } from '../../ui/showNotice.ts';
import { type TableColumn, VirtualTable } from '../../ui/VirtualTable.tsx';
import { AddSigner } from './AddSigner.tsx';
import classes from './signatures.module.css';
import { reportsKey } from './useSignatures.ts';

const rowHeight = 28;
const mostRows = 10;

function columnsOf(remove: (anchor: TrustAnchor) => void): readonly TableColumn<TrustAnchor>[] {
  const words = strings.trust;
  return [
    {
      id: 'name',
      header: words.columns.name,
      width: 140,
      grow: 1,
      sortBy: ({ name }) => name,
      cell: ({ name }) => <span title={name}>{name}</span>,
    },
    { id: 'kind', header: words.columns.kind, width: 56, sortBy: ({ kind }) => kind, cell: ({ kind }) => words.kinds[kind] },
    {
      id: 'fingerprint',
      header: words.columns.fingerprint,
      width: 140,
      grow: 1,
      cell: ({ fingerprint }) => <code title={fingerprint}>{fingerprint}</code>,
    },
    {
      id: 'until',
      header: words.columns.until,
      width: 92,
      sortBy: ({ notAfter }) => notAfter ?? Number.MAX_SAFE_INTEGER,
      cell: ({ notAfter }) => (notAfter === undefined ? words.forever : new Date(notAfter).toISOString().slice(0, 10)),
    },
    {
      id: 'added',
      header: words.columns.added,
      width: 88,
      align: 'right',
      sortBy: ({ addedAt }) => addedAt,
      cell: ({ addedAt }) => <RelativeTime at={addedAt} />,
    },
    {
      id: 'remove',
      header: words.columns.remove,
      width: 64,
      align: 'right',
      cell: (anchor) => (
        <ActionIcon aria-label={words.remove(anchor.name)} title={words.remove(anchor.name)} onClick={() => remove(anchor)}>
          <IconTrash size={14} aria-hidden />
        </ActionIcon>
      ),
    },
  ];
}

/** Whose signatures are trusted: the list, adding, and removing, which can be taken back. */
export function TrustedSigners() {
  const words = strings.trust;
  const queryClient = useQueryClient();
  const { data: anchors, error } = useLive(orpc.signature.trust, undefined);
  const [selected, setSelected] = useState<string>();
  const [adding, setAdding] = useState(false);
  const onSettled = () => queryClient.invalidateQueries({ queryKey: reportsKey });
  const { mutate: restore, error: notRestored } = useMutation(orpc.signature.restoreTrust.mutationOptions({ onSettled }));
  const { mutate: remove, error: notRemoved } = useMutation(orpc.signature.removeTrust.mutationOptions({ onSettled }));
  const columns = useMemo(
    () => columnsOf(({ id, name }) => remove({ id }, { onSuccess: () => showUndo(words.removed(name), () => restore({ id })) })),
    [remove, restore],
  );
  const problem = error ?? notRemoved ?? notRestored;
  return (
    <>
      {problem !== null && <ProblemPanel problem={problemOf(problem)} />}
      {anchors?.length === 0 && <p>{words.none}</p>}
      {anchors !== undefined && anchors.length > 0 && (
        <div className={classes.keys} style={{ height: rowHeight * (Math.min(anchors.length, mostRows) + 1) + 2 }}>
          <VirtualTable
            label={words.title}
            rows={anchors}
            columns={columns}
            rowKey={({ id }) => id}
            selected={selected}
            onSelect={setSelected}
          />
        </div>
      )}
      <div className={classes.buttons}>
        <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      </div>
      {adding && <AddSigner onClose={() => setAdding(false)} />}
    </>
  );
}
