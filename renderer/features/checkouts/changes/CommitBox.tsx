import { Textarea } from '@mantine/core';
import { IconGitCommit } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import { onMac } from '../../../ui/onMac.ts';
import { whyNoCommit } from '../reasons.ts';
import type { OwnWork } from '../work/useOwnWork.ts';
import { WorkPanel } from '../work/WorkPanel.tsx';
import classes from './changes.module.css';

interface CommitBoxProps {
  readonly view: CheckoutView;
  readonly message: string;
  readonly onMessage: (message: string) => void;
  readonly own: OwnWork;
  readonly box: RefObject<HTMLTextAreaElement | null>;
  readonly onCommit: () => void;
}

/** The message of a commit, and the button that makes it; what it leaves out is said. */
export function CommitBox({ view, message, onMessage, own, box, onCommit }: CommitBoxProps) {
  const untracked = view.status.filter(({ letter }) => letter === '?').length;
  return (
    <div className={classes.commit}>
      <Textarea
        ref={box}
        aria-label={strings.message}
        placeholder={strings.messagePlaceholder}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={2000}
        value={message}
        onChange={(event) => onMessage(event.currentTarget.value)}
      />
      <WorkPanel own={own} />
      {untracked > 0 && view.changes > 0 && <p className={classes.small}>{strings.untrackedStay(untracked)}</p>}
      <GatedButton
        variant="filled"
        fullWidth
        reason={whyNoCommit(view)}
        loading={own.running}
        leftSection={<IconGitCommit size={14} aria-hidden />}
        title={onMac ? strings.commitKeysMac : strings.commitKeys}
        onClick={onCommit}
      >
        {strings.commit(view.changes)}
      </GatedButton>
    </div>
  );
}
