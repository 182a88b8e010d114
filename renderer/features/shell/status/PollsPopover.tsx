import { Popover, UnstyledButton } from '@mantine/core';
import type { SystemStatus } from '../../../../shared/contract/settings.ts';
import { strings } from '../../../strings/shell.ts';
import { Facts } from '../../../ui/Facts.tsx';
import classes from './StatusBar.module.css';

/** How often devices and hubs are asked, and what that depends on. */
export function PollsPopover({ status }: { status: SystemStatus }) {
  const { polls, pollsPerMinute, looking } = status;
  return (
    <Popover position="top-end" withinPortal width={320} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={`${classes.button} ${classes.right}`} title={strings.pollsTitle}>
          {strings.polls(pollsPerMinute)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.polls ?? ''} aria-label={strings.pollsHeading}>
        <h2 className={classes.heading}>{strings.pollsHeading}</h2>
        <Facts
          facts={[
            { name: strings.pollsDevices, value: strings.perMinute(polls.devices) },
            { name: strings.pollsHubs, value: strings.perMinute(polls.hubs) },
          ]}
        />
        <p>{looking ? strings.pollsLooked : strings.pollsUnseen}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
