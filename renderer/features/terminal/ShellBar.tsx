import { ActionIcon, Menu } from '@mantine/core';
import { IconBox, IconDots, IconPlus, IconSearch, IconServer } from '@tabler/icons-react';
import type { KeyboardEvent, Ref } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { strings } from '../../strings/terminal.ts';
import { GatedIcon } from '../../ui/GatedButton.tsx';
import type { ShellPlace } from './places.ts';
import { ShellTab } from './ShellTab.tsx';
import type { ShellSession } from './shell/shellSession.ts';
import { newShell, stepShell } from './shells.ts';
import { TerminalMenuItems } from './TerminalMenuItems.tsx';
import classes from './terminal.module.css';
import type { TerminalActions } from './useTerminalActions.ts';

interface ShellBarProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly device: DeviceId;
  readonly shells: readonly ShellSession[];
  readonly active: ShellSession;
  readonly places: readonly ShellPlace[];
  /** Why no further shell can be opened now. */
  readonly reason: string | undefined;
  readonly actions: TerminalActions;
}

/** The tabs of the open shells, and the way to a further one. */
export function ShellBar({ ref, device, shells, active, places, reason, actions }: ShellBarProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : undefined;
    if (by === undefined) return;
    event.preventDefault();
    stepShell(device, by);
  };
  return (
    <div className={classes.bar} ref={ref}>
      <div role="tablist" aria-label={strings.shells} className={classes.tabs} onKeyDown={onKeyDown}>
        {shells.map((session) => (
          <ShellTab key={session.id} session={session} chosen={session === active} />
        ))}
      </div>
      {reason === undefined ? (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon aria-label={strings.newShell} title={strings.newShell}>
              <IconPlus size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {places.map(({ container, label, reason: why }) => (
              <Menu.Item
                key={label}
                disabled={why !== undefined}
                leftSection={container === undefined ? <IconServer size={14} aria-hidden /> : <IconBox size={14} aria-hidden />}
                rightSection={why !== undefined && <span className={classes.why}>{why}</span>}
                onClick={() => newShell(device, container)}
              >
                {label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : (
        <GatedIcon label={strings.newShell} reason={reason} onClick={() => undefined}>
          <IconPlus size={14} aria-hidden />
        </GatedIcon>
      )}
      <span className={classes.right}>
        <ActionIcon aria-label={strings.find} title={strings.find} onClick={actions.find}>
          <IconSearch size={14} aria-hidden />
        </ActionIcon>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon aria-label={strings.more} title={strings.more}>
              <IconDots size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <TerminalMenuItems session={active} actions={actions} />
          </Menu.Dropdown>
        </Menu>
      </span>
    </div>
  );
}
