import { useEffect, useMemo, useRef } from 'react';
import { useLocation } from 'wouter';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { client } from '../../../rpc.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { showNotice } from '../../../ui/showNotice.ts';
import { resolved } from '../../compare/entries.ts';
import { fileHref } from '../files/fileHref.ts';
import { whyNoCommit } from '../reasons.ts';
import { useOwnWork } from '../work/useOwnWork.ts';
import { ChangedPane } from './ChangedPane.tsx';
import { ChangeList } from './ChangeList.tsx';
import { ChangesForecast } from './ChangesForecast.tsx';
import { ChangeTools } from './ChangeTools.tsx';
import { CommitBox } from './CommitBox.tsx';
import classes from './changes.module.css';
import { useCommitFocus } from './commitFocus.ts';
import { useCommitMessages } from './commitMessages.ts';
import { useChangeKeys } from './useChangeKeys.ts';
import { useChanges } from './useChanges.ts';
import { useCommitToWorking } from './useCommitToWorking.ts';

/** What changed since the commit and what that will do to a device, file by file, and the commit of it. Live. */
export function ChangesTab({ view }: { view: CheckoutView }) {
  const [, navigate] = useLocation();
  const { id, name } = view;
  const changes = useChanges(view);
  const move = useCommitToWorking(view);
  const message = useCommitMessages(({ byId }) => byId[id] ?? '');
  const write = useCommitMessages((state) => state.write);
  const searchBox = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLTextAreaElement>(null);
  useAskedFocus(box);
  const own = useOwnWork(({ text }) => {
    write(id, '');
    showNotice(text);
  });
  const commit = () => {
    if (own.running || whyNoCommit(view) !== undefined) return;
    own.start(strings.committing(name), (options) => client.checkout.commit({ id, message: message.trim() }, options));
  };
  const open = (path: string) => navigate(fileHref(id, path));
  const acts = useChangeKeys(view, changes, { searchBox, message: box, onOpen: open, onCommit: commit });
  const losing = useMemo(() => new Map(view.losses.map(({ path, kind }) => [path, kind])), [view.losses]);
  const isEmpty = changes.files.length === 0;
  return (
    <div className={classes.tab}>
      <ChangesForecast view={view} move={move} onEntry={(key) => changes.select(resolved(key))} />
      <div className={classes.body}>
        {isEmpty ? (
          <EmptyState sentence={strings.clean} />
        ) : (
          <SplitPane
            name="checkout-changes"
            label={strings.listWidth}
            fixed="first"
            defaultWidth={380}
            minWidth={280}
            first={
              <div className={classes.left}>
                <ChangeTools view={view} changes={changes} acts={acts} searchBox={searchBox} />
                <div className={classes.rows}>
                  {changes.rows.length === 0 ? (
                    <p className={classes.note}>{strings.noMatch}</p>
                  ) : (
                    <ChangeList
                      rows={changes.rows}
                      selected={changes.selected}
                      marks={changes.marks}
                      losing={losing}
                      move={move}
                      onSelect={changes.select}
                      onMark={changes.mark}
                      onToggle={changes.toggle}
                      onOpen={open}
                    />
                  )}
                </div>
                <CommitBox
                  view={view}
                  message={message}
                  onMessage={(next) => write(id, next)}
                  own={own}
                  box={box}
                  onCommit={commit}
                />
              </div>
            }
            second={
              changes.file === undefined ? (
                <p className={classes.note}>{strings.nothingSelected}</p>
              ) : (
                <ChangedPane key={view.id} view={view} file={changes.file} move={move} />
              )
            }
          />
        )}
      </div>
    </div>
  );
}

/** The box takes the focus when a button elsewhere asked for it. */
function useAskedFocus(box: React.RefObject<HTMLTextAreaElement | null>): void {
  const asked = useCommitFocus((focus) => focus.asked);
  const answered = useRef(useCommitFocus.getState().answered);
  useEffect(() => {
    if (asked === answered.current) return;
    answered.current = asked;
    useCommitFocus.setState({ answered: asked });
    box.current?.focus();
  }, [asked, box]);
}
