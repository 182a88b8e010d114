import { IconInfoCircle } from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import type { ChangeWalk } from '../../../ui/monaco/changeWalk.ts';
import { EntryPane } from '../../compare/EntryPane.tsx';
import type { ChangedFile } from './changeRows.ts';
import classes from './changes.module.css';
import { FilePreview } from './FilePreview.tsx';
import type { CommitToWorking } from './useCommitToWorking.ts';

interface ChangedPaneProps {
  readonly view: CheckoutView;
  readonly file: ChangedFile;
  readonly move: CommitToWorking;
}

/** The selected file: how it differs from what is committed, and what a commit by pvr would make of it. */
export function ChangedPane({ view, file, move }: ChangedPaneProps) {
  const walk = useRef<ChangeWalk>(undefined);
  const sides = useMemo(() => {
    const objects = { kind: 'checkout', id: view.id } as const;
    return { left: { objects, label: strings.commitLabel }, right: { objects, label: strings.workingLabel } };
  }, [view.id]);
  const isTracked = file.group !== '?' && file.group !== '!';
  const entry = isTracked ? move.entries.get(file.path) : undefined;
  const losses = view.losses.filter(({ path }) => path === file.path);
  const [first] = losses;
  return (
    <div className={classes.right}>
      {first !== undefined && (
        <div className={classes.losses} role="note">
          <IconInfoCircle size={16} aria-hidden />
          <div>
            <p>{strings.losses[first.kind]}</p>
            <ul>
              {losses.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      <div className={classes.fill}>
        {entry === undefined ? (
          // Where the files make a state it is on its way here. A file that holds the name of an object is the same to the state.
          file.group === 'D' || (view.workingSha !== undefined && isTracked && !move.current) ? (
            <p className={classes.note}>{strings.reading}</p>
          ) : (
            <FilePreview view={view} file={file} />
          )
        ) : (
          <EntryPane
            entry={entry}
            left={sides.left}
            right={sides.right}
            startAt="first"
            onWalk={(next) => {
              walk.current = next;
            }}
            onStep={(by) => walk.current?.step(by)}
          />
        )}
      </div>
    </div>
  );
}
