import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconArrowsDiff, IconCheck, IconTrash, IconZoomCode } from '@tabler/icons-react';
import { Link } from 'wouter';
import type { Draft } from '../../../shared/contract/draft.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/draft.ts';
import { GatedButton } from '../../ui/GatedButton.tsx';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import { DraftSwitcher } from './DraftSwitcher.tsx';
import classes from './draft.module.css';
import { HistoryButtons } from './HistoryButtons.tsx';
import type { DraftMoves } from './useDraftMoves.ts';
import type { DraftSteps } from './useHistory.ts';

/** `changes` has a column of its own where there is room. */
export type DraftTab = 'entries' | 'changes' | 'policies' | 'signatures';

interface DraftHeaderProps {
  readonly draft: Draft;
  /** Edits that are on their way. */
  readonly pending: number;
  readonly tab: DraftTab;
  readonly tabs: readonly DraftTab[];
  readonly onTab: (tab: string | undefined) => void;
  readonly steps: DraftSteps;
  readonly moves: DraftMoves;
  readonly finding: boolean;
  readonly onFind: () => void;
  readonly onRename: () => void;
}

/** Why a draft can't be posted yet, as a sentence. */
export function postBlocker(draft: Draft): string | undefined {
  if (Object.keys(draft.unfinished).length > 0) return strings.cantPostUnfinished;
  return draft.text === draft.base.text ? strings.cantPost : undefined;
}

/** What the draft is of, whether it is saved, its history, and the ways out of it: post, compare, discard. */
export function DraftHeader(props: DraftHeaderProps) {
  const { draft, pending, tab, tabs, onTab, steps, moves, finding, onFind, onRename } = props;
  const blocked = postBlocker(draft);
  const find = `${strings.find.title} (${hotkeyText('mod+shift+F', onMac)})`;
  return (
    <header className={classes.header}>
      <div className={classes.titleBox}>
        <h1 className={classes.title}>
          {draft.title !== '' && (
            <span className={classes.ownTitle} title={draft.title}>
              {draft.title}
            </span>
          )}{' '}
          <span className={draft.title === '' ? '' : classes.dim}>
            {strings.title} <code>{draft.base.revision}</code>
          </span>
        </h1>
        <DraftSwitcher draft={draft} onRename={onRename} onDuplicate={moves.duplicate} onNew={moves.startAnother} />
      </div>
      <HistoryButtons steps={steps} />
      <span className={classes.saved} role="status">
        {pending > 0 ? (
          strings.saving
        ) : (
          <>
            <IconCheck size={14} aria-hidden /> {strings.saved}
          </>
        )}
      </span>
      <SegmentedControl
        aria-label={strings.view}
        value={tab}
        onChange={(next) => onTab(next === 'entries' ? undefined : next)}
        data={tabs.map((value) => ({ value, label: strings.tabs[value] }))}
      />
      <span className={classes.spring} />
      <Tooltip label={find}>
        <ActionIcon size={30} aria-label={strings.find.title} aria-pressed={finding} onClick={onFind}>
          <IconZoomCode size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={strings.compare}>
        <ActionIcon
          size={30}
          component={Link}
          href={paths.compare(draft.deviceId, draft.base.revision, `draft:${draft.id}`)}
          aria-label={strings.compare}
        >
          <IconArrowsDiff size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={strings.discard}>
        <ActionIcon size={30} aria-label={strings.discard} onClick={moves.discard}>
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {blocked === undefined ? (
        <Button variant="filled" component={Link} href={paths.post(draft.deviceId, draft.id)}>
          {strings.post}
        </Button>
      ) : (
        <GatedButton variant="filled" reason={blocked} onClick={() => {}}>
          {strings.post}
        </GatedButton>
      )}
    </header>
  );
}
