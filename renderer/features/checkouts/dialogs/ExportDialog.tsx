import { Button, MultiSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { parseState } from '../../../../shared/state/state.ts';
import { client } from '../../../rpc.ts';
import { originStrings, exportStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { showNotice } from '../../../ui/showNotice.ts';
import classes from '../origin/origin.module.css';
import { useLastFolder } from '../picker/lastFolder.ts';
import { PathDialog } from '../picker/PathDialog.tsx';
import { asFolder, typedPath } from '../picker/pathText.ts';
import { useCheckout, useCheckoutText } from '../useCheckout.ts';
import { useOwnWork } from '../work/useOwnWork.ts';
import { topParts } from './topParts.ts';
import { WorkDialog } from './WorkDialog.tsx';

/** Writes the commit as a tarball that pvr reads. */
export function ExportDialog({ id, onClose }: { id: CheckoutId; onClose: () => void }) {
  const view = useCheckout(id).data;
  const text = useCheckoutText(view, 'commit').data?.text;
  const last = useLastFolder();
  const [typed, setTyped] = useState<string>();
  const [parts, setParts] = useState<string[]>([]);
  const [choosing, setChoosing] = useState(false);
  const name = view?.name ?? '';
  const path = typed ?? (last.folder === '' ? '' : `${asFolder(last.folder)}${name}.tgz`);
  const own = useOwnWork((done) => {
    onClose();
    showNotice(strings.done(done.path ?? path));
  });
  const offered = useMemo(() => {
    const parsed = text === undefined ? undefined : parseState(text);
    return parsed?.ok === true ? topParts(parsed.state.entries.map(({ key }) => key)) : [];
  }, [text]);
  return (
    <WorkDialog
      title={strings.title(name)}
      confirm={strings.export}
      disabled={path === '' || view === undefined}
      own={own}
      onConfirm={() => {
        last.remember(typedPath(path).folder);
        own.start(strings.work(name), (options) => client.checkout.exportTo({ id, path, parts }, options));
      }}
      onClose={onClose}
    >
      <p>{strings.text}</p>
      {view !== undefined && view.changes > 0 && <p>{strings.uncommitted(view.changes)}</p>}
      <div className={classes.withButton}>
        <TextInput
          label={originStrings.exportFile}
          value={path}
          spellCheck={false}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button onClick={() => setChoosing(true)}>{originStrings.choose}</Button>
      </div>
      <MultiSelect
        size="xs"
        label={strings.parts}
        placeholder={parts.length === 0 ? strings.partsPlaceholder : ''}
        searchable
        data={[...offered]}
        value={parts}
        onChange={setParts}
      />
      {choosing && (
        <PathDialog
          title={strings.title(name)}
          confirm={originStrings.take}
          wanted="new-file"
          onChosen={(chosen) => {
            setChoosing(false);
            setTyped(chosen);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </WorkDialog>
  );
}
