import { Popover } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { WayName } from '../../../shared/contract/connection.ts';
import type { DeviceSummary } from '../../../shared/contract/fleet.ts';
import { strings } from '../../strings/device.ts';
import { Facts } from '../../ui/Facts.tsx';
import { MeaningBadge } from '../../ui/MeaningBadge.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { WayMark } from '../../ui/WayMarks.tsx';
import { wayWord } from '../../ui/wayWords.ts';
import { DeviceDialog } from '../fleet/DeviceDialog.tsx';
import classes from './DeviceScreen.module.css';
import { WayHint } from './WayHint.tsx';

/** One way to the device; a click says more about it, and how to open it when it is not there. */
export function WayButton({ device, name }: { device: DeviceSummary; name: WayName }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const [editing, edit] = useDisclosure(false);
  const way = device.ways[name];
  const { word, meaning } = wayWord(way);
  const problem = way.kind === 'silent' || way.kind === 'blocked' ? way.problem : undefined;
  const heardAt = way.kind === 'open' || way.kind === 'silent' ? way.heardAt : undefined;
  return (
    <>
      <Popover opened={opened} onDismiss={close} position="bottom-start" width={480} trapFocus>
        <Popover.Target>
          <button
            type="button"
            className={classes.way}
            aria-expanded={opened}
            aria-label={`${strings[name]}: ${word}`}
            onClick={toggle}
          >
            <WayMark name={strings[name]} way={way} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={strings.wayTitle(strings[name])}>
          <div className={classes.hint}>
            <Facts
              facts={[
                { name: strings[name], value: <MeaningBadge meaning={meaning}>{word}</MeaningBadge> },
                { name: strings.heardAt, value: heardAt !== undefined && <RelativeTime at={heardAt} /> },
                {
                  name: strings.since,
                  value: (way.kind === 'silent' || way.kind === 'blocked') && <RelativeTime at={way.since} />,
                },
              ]}
            />
            {problem !== undefined && <ProblemPanel problem={problem} />}
            <WayHint
              device={device}
              name={name}
              onSetUp={() => {
                close();
                edit.open();
              }}
            />
          </div>
        </Popover.Dropdown>
      </Popover>
      <DeviceDialog opened={editing} onClose={edit.close} device={device} />
    </>
  );
}
