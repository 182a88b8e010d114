import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { strings } from '../../strings/metadata.ts';
import { GatedButton, GatedIcon } from '../../ui/GatedButton.tsx';
import { DeleteKeyDialog } from './DeleteKeyDialog.tsx';
import { MetaDialog } from './MetaDialog.tsx';
import { MetaValueView } from './MetaValueView.tsx';
import classes from './metadata.module.css';
import { type MetaRow, metaRows } from './userMeta.ts';

interface UserMetaTableProps {
  readonly id: DeviceId;
  readonly own: Readonly<Record<string, unknown>>;
  /** What the account's profile adds. */
  readonly account: Readonly<Record<string, unknown>>;
  /** Why nothing can be changed now. */
  readonly reason: string | undefined;
}

type Asked =
  | { readonly kind: 'add' }
  | { readonly kind: 'change'; readonly row: MetaRow }
  | { readonly kind: 'delete'; readonly row: MetaRow };

/** The user metadata of the device: add, change, delete. Keys of the account are shown and not changed. */
export function UserMetaTable({ id, own, account, reason }: UserMetaTableProps) {
  const rows = useMemo(() => metaRows(own, account), [own, account]);
  const [asked, setAsked] = useState<Asked>();
  const close = () => setAsked(undefined);
  return (
    <section className={classes.block} aria-label={strings.userMetaKeys}>
      <h3 className={classes.blockTitle}>{strings.userMetaKeys}</h3>
      <p className={classes.dim}>{strings.userMetaText}</p>
      {rows.length === 0 ? (
        <p className={classes.dim}>{strings.noUserMeta}</p>
      ) : (
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{strings.key}</th>
              <th scope="col">{strings.value}</th>
              <th scope="col">
                <span className={classes.srOnly}>{strings.changeConfirm}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key} data-inherited={row.from === 'account' || undefined}>
                <th scope="row">
                  <code>{row.key}</code>
                  {row.from !== 'own' && (
                    <span className={classes.from} title={strings.inheritedText}>
                      {row.from === 'account' ? strings.inherited : strings.overrides}
                    </span>
                  )}
                </th>
                <td>
                  <MetaValueView name={row.key} value={row.value} />
                </td>
                <td>
                  <GatedIcon
                    label={row.from === 'account' ? strings.override(row.key) : strings.change(row.key)}
                    reason={reason}
                    onClick={() => setAsked({ kind: 'change', row })}
                  >
                    <IconPencil size={14} aria-hidden />
                  </GatedIcon>
                  {row.from !== 'account' && (
                    <GatedIcon label={strings.remove(row.key)} reason={reason} onClick={() => setAsked({ kind: 'delete', row })}>
                      <IconTrash size={14} aria-hidden />
                    </GatedIcon>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <GatedButton
        reason={reason}
        style={{ alignSelf: 'flex-start' }}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => setAsked({ kind: 'add' })}
      >
        {strings.add}
      </GatedButton>
      {asked?.kind === 'add' && <MetaDialog id={id} own={own} onClose={close} />}
      {asked?.kind === 'change' && <MetaDialog id={id} own={own} row={asked.row} onClose={close} />}
      {asked?.kind === 'delete' && <DeleteKeyDialog id={id} row={asked.row} onClose={close} />}
    </section>
  );
}
