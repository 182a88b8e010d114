import { ActionIcon, Popover, Progress, UnstyledButton } from '@mantine/core';
import { IconLoader2, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { strings } from '../../../strings/shell.ts';
import classes from './StatusBar.module.css';
import { type ShownWork, useWork } from './useWork.ts';

/** What goes on in the background: the first of it in the bar, all of it with its progress on a click. */
export function WorkPopover() {
  const work = useWork();
  const [opened, setOpened] = useState(false);
  const [first, ...others] = work;
  if (first === undefined) return null;
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" withinPortal trapFocus>
      <Popover.Target>
        <UnstyledButton className={classes.button ?? ''} title={strings.workTitle} onClick={() => setOpened((now) => !now)}>
          <IconLoader2 size={14} aria-hidden />
          <span className={classes.text}>{first.text}</span>
          {others.length > 0 && <span>{strings.more(others.length)}</span>}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={strings.workTitle}>
        <ul className={classes.list}>
          {work.map((item) => (
            <WorkItem key={item.id} work={item} close={() => setOpened(false)} />
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function WorkItem({ work, close }: { work: ShownWork; close: () => void }) {
  const { text, place, progress, far, cancel } = work;
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        {place === undefined ? (
          <span className={classes.name}>{text}</span>
        ) : (
          <Link href={place} className={classes.name} onClick={close}>
            {text}
          </Link>
        )}
        {far !== undefined && <span className={classes.far}>{far}</span>}
        {cancel !== undefined && (
          <ActionIcon aria-label={cancel.label} title={cancel.label} onClick={cancel.run}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )}
      </div>
      {progress !== undefined && progress.total > 0 && (
        <Progress size={3} color="gray" aria-label={text} value={(100 * progress.done) / progress.total} />
      )}
    </li>
  );
}
