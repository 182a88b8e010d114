import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconCopy, IconPencil, IconPencilPlus } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import type { Draft, DraftSummary } from '../../../shared/contract/draft.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/draft.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import classes from './draft.module.css';

interface DraftSwitcherProps {
  readonly draft: Draft;
  readonly onRename: () => void;
  readonly onDuplicate: () => void;
  readonly onNew: () => void;
}

const none: readonly DraftSummary[] = [];

/** The drafts of the device, to go to another one, and what can be done with this one. */
export function DraftSwitcher({ draft, onRename, onDuplicate, onNew }: DraftSwitcherProps) {
  const [, navigate] = useLocation();
  const drafts = useLive(orpc.draft.list, { deviceId: draft.deviceId }).data ?? none;
  const words = strings.switcher;
  return (
    <Menu position="bottom-start" width={360}>
      <Menu.Target>
        <ActionIcon aria-label={words.open(drafts.length)} title={words.open(drafts.length)}>
          <IconChevronDown size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={14} aria-hidden />} onClick={onRename}>
          {words.rename}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={14} aria-hidden />} onClick={onDuplicate}>
          {words.duplicate}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencilPlus size={14} aria-hidden />} onClick={onNew}>
          {words.another(draft.base.revision)}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{words.drafts}</Menu.Label>
        <div className={classes.switcherList}>
          {drafts.map((one) => (
            <Menu.Item
              key={one.id}
              leftSection={one.id === draft.id ? <IconCheck size={14} aria-hidden /> : <span className={classes.noIcon} />}
              rightSection={
                <span className={classes.dim}>
                  <RelativeTime at={one.changedAt} bare />
                </span>
              }
              {...(one.id === draft.id ? { 'aria-current': 'true' as const } : {})}
              onClick={() => navigate(paths.draft(one.deviceId, one.id))}
            >
              <span className={classes.switcherName}>{one.title === '' ? words.untitled : one.title}</span>
              <span className={classes.dim}>{words.facts(one.base, one.changes)}</span>
            </Menu.Item>
          ))}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}
