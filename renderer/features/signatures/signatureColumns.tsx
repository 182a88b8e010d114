import { strings } from '../../strings/signatures.ts';
import type { TableColumn } from '../../ui/VirtualTable.tsx';
import { type Row, signerOf } from './signatureRows.ts';
import { GroupMark, VerdictMark } from './VerdictMark.tsx';

/** The list: signatures first, then what none covers. */
export const signatureColumns: readonly TableColumn<Row>[] = [
  {
    id: 'verdict',
    header: strings.columns.verdict,
    width: 124,
    cell: (row) =>
      row.kind === 'signature' ? <VerdictMark verdict={row.verdict} plain /> : <GroupMark group={row.group} plain />,
  },
  {
    id: 'name',
    header: strings.columns.name,
    width: 120,
    grow: 2,
    cell: (row) => {
      const name = row.kind === 'signature' ? row.name : strings.groupNames[row.group];
      return row.kind === 'signature' ? <code title={row.id}>{name}</code> : <span title={name}>{name}</span>;
    },
  },
  {
    id: 'covers',
    header: strings.columns.covers,
    width: 72,
    align: 'right',
    cell: (row) => (row.kind === 'signature' ? row.coverage.covers.length : row.keys.length).toLocaleString(),
  },
  {
    id: 'signer',
    header: strings.columns.signer,
    width: 120,
    grow: 1,
    cell: (row) => (row.kind === 'signature' ? (signerOf(row) ?? '') : ''),
  },
];
