import { Button, Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from 'wouter';
import type { DeviceSummary, HubPlace } from '../../../shared/contract/fleet.ts';
import { paths } from '../../routes/paths.ts';
import { strings } from '../../strings/device.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { WayMark } from '../../ui/WayMarks.tsx';
import { wayWord } from '../../ui/wayWords.ts';
import classes from './DeviceScreen.module.css';
import { needsPerson } from './signIn.ts';

/** The way over the hub; a click says which account it is, under what name, and who can see the device there. */
export function HubButton({ device, hub }: { device: DeviceSummary; hub: HubPlace }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const way = device.ways.hub;
  const { word, meaning } = wayWord(way);
  const problem = way.kind === 'silent' || way.kind === 'blocked' ? way.problem : undefined;
  const answer = problem === undefined ? undefined : needsPerson(problem.code);
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-start" width={480} trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.way}
          aria-expanded={opened}
          aria-label={`${strings.hub}: ${word}`}
          onClick={toggle}
        >
          <WayMark name={strings.hub} way={way} />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={strings.wayTitle(strings.hub)}>
        <div className={classes.hint}>
          <Facts
            facts={[
              { name: strings.hub, value: <MeaningBadge meaning={meaning}>{word}</MeaningBadge> },
              { name: strings.account, value: <Link href={paths.settings()}>{hub.account}</Link> },
              { name: strings.hubNick, value: hub.nick },
              {
                name: strings.hubDeviceId,
                value: (
                  <span className={classes.fact}>
                    <code>{hub.deviceId}</code>
                    <CopyButton text={hub.deviceId} label={strings.copyDeviceId} />
                  </span>
                ),
              },
              { name: strings.seenBy, value: hub.public ? strings.everybody : strings.accountOnly },
              {
                name: strings.hubAnswered,
                value: (way.kind === 'open' || (way.kind === 'silent' && way.heardAt !== undefined)) && (
                  <RelativeTime at={way.heardAt ?? 0} />
                ),
              },
              {
                name: strings.since,
                value: (way.kind === 'silent' || way.kind === 'blocked') && <RelativeTime at={way.since} />,
              },
            ]}
          />
          {problem !== undefined && (
            <ProblemPanel problem={problem}>
              {answer !== undefined && (
                <Button variant="filled" component={Link} href={paths.settings()}>
                  {strings.signInAgain[answer]}
                </Button>
              )}
            </ProblemPanel>
          )}
          <p>{strings.adds.hub}</p>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
