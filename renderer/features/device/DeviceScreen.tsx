import { Button, Tabs } from '@mantine/core';
import { Link, useLocation } from 'wouter';
import { DeviceId } from '../../../shared/contract/ids.ts';
import { deviceTabs, isDeviceTab, paths } from '../../routes/paths.ts';
import { orpc, problemOf, useLive } from '../../rpc.ts';
import { strings } from '../../strings/device.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { LogsTab } from '../logs/LogsTab.tsx';
import { MetadataTab } from '../metadata/MetadataTab.tsx';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { TerminalTab } from '../terminal/TerminalTab.tsx';
import { TimelineTab } from '../timeline/TimelineTab.tsx';
import { ContainersTab } from './ContainersTab.tsx';
import { DeviceGone } from './DeviceGone.tsx';
import { DeviceHeader } from './DeviceHeader.tsx';
import classes from './DeviceScreen.module.css';
import { StateTab } from './StateTab.tsx';
import { WayProblems } from './WayProblems.tsx';

interface DeviceScreenProps {
  readonly deviceId: string;
  readonly tab: string | undefined;
}

/** One device: what it is, what runs on it, and its tabs. */
export function DeviceScreen({ deviceId, tab }: DeviceScreenProps) {
  const id = DeviceId.parse(deviceId);
  const { data: detail, error } = useLive(orpc.device.watch, { id });
  const [, navigate] = useLocation();
  const problem = error === null ? undefined : problemOf(error);
  if (problem?.code === 'NOT_FOUND') return <DeviceGone />;
  if (problem !== undefined) {
    return (
      <div className={classes.problem}>
        <ProblemPanel problem={problem}>
          <Button component={Link} href={paths.fleet()}>
            {strings.toFleet}
          </Button>
        </ProblemPanel>
      </div>
    );
  }
  if (detail === undefined) return <ScreenLoading />;
  const shown = isDeviceTab(tab) ? tab : 'timeline';
  return (
    <div className={classes.screen}>
      <DeviceHeader detail={detail} />
      <WayProblems device={detail.summary} />
      <Tabs
        className={classes.tabs ?? ''}
        value={shown}
        onChange={(chosen) => {
          if (chosen !== null && isDeviceTab(chosen)) navigate(paths.device(id, chosen));
        }}
        keepMounted={false}
      >
        <Tabs.List aria-label={strings.tabList} className={classes.list ?? ''}>
          {deviceTabs.map((name) => (
            <Tabs.Tab key={name} value={name} className={classes.tab ?? ''}>
              {strings.tabs[name]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="timeline" className={classes.panel ?? ''}>
          <TimelineTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="containers" className={classes.panel ?? ''}>
          <ContainersTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="state" className={classes.panel ?? ''}>
          <StateTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="logs" className={classes.panel ?? ''}>
          <LogsTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="metadata" className={classes.panel ?? ''}>
          <MetadataTab detail={detail} />
        </Tabs.Panel>
        <Tabs.Panel value="terminal" className={classes.panel ?? ''}>
          <TerminalTab detail={detail} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}
