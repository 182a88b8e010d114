import { Button, SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { useState } from 'react';
import { paths } from '../../routes/paths.ts';
import { type NotifyWhen, notifyChoices, useNotifying } from '../../stores/notifying.ts';
import { useRecentPlaces } from '../../stores/recentPlaces.ts';
import { strings } from '../../strings/settings.ts';
import { showNotice } from '../../ui/showNotice.ts';
import { askForNotices, noticePermission, showNative } from '../shell/notices/nativeNotice.ts';
import { changeSettings, useTerminalSettings } from '../terminal/terminalSettings.ts';
import { Section } from './Section.tsx';
import classes from './SettingsScreen.module.css';

/** Theme, notifications, questions that were silenced, and what the palette remembers. */
export function General() {
  return (
    <>
      <Section heading={strings.appearance} text={strings.appearanceText}>
        <Theme />
      </Section>
      <Section heading={strings.notifications} text={strings.notificationsText}>
        <Notifying />
      </Section>
      <Section heading={strings.questions} text={strings.questionsText}>
        <Questions />
      </Section>
      <Section heading={strings.noRecent} text={strings.noRecentText}>
        <RecentPlaces />
      </Section>
    </>
  );
}

function Theme() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      style={{ alignSelf: 'flex-start' }}
      aria-label={strings.theme}
      value={colorScheme}
      onChange={(chosen) => {
        if (chosen === 'light' || chosen === 'dark' || chosen === 'auto') setColorScheme(chosen);
      }}
      data={[
        { value: 'light', label: strings.light },
        { value: 'dark', label: strings.dark },
        { value: 'auto', label: strings.system },
      ]}
    />
  );
}

function Notifying() {
  const when = useNotifying((notifying) => notifying.when);
  const [permission, setPermission] = useState(noticePermission);
  const choose = (chosen: string) => {
    const choice = notifyChoices.find((one) => one === chosen);
    if (choice !== undefined) useNotifying.setState({ when: choice, offered: true });
  };
  const test = () =>
    showNative({ id: 'test', title: strings.testTitle, body: strings.testText, place: paths.settings('general') });
  return (
    <>
      <SegmentedControl
        style={{ alignSelf: 'flex-start' }}
        aria-label={strings.notify}
        value={when}
        onChange={choose}
        data={notifyChoices.map((value: NotifyWhen) => ({ value, label: strings.notifyWhen[value] }))}
      />
      <div className={classes.row}>
        <span>{strings.permission[permission]}</span>
        {permission === 'default' && <Button onClick={() => void askForNotices().then(setPermission)}>{strings.allow}</Button>}
        {permission === 'granted' && <Button onClick={test}>{strings.test}</Button>}
      </div>
    </>
  );
}

function Questions() {
  const silenced = useTerminalSettings(({ askBeforePaste }) => !askBeforePaste);
  if (!silenced) return <p>{strings.nothingSilenced}</p>;
  const askAgain = () => {
    changeSettings({ askBeforePaste: true });
    showNotice(strings.askedAgain);
  };
  return (
    <div className={classes.row}>
      <Button onClick={askAgain}>{strings.askAgain}</Button>
    </div>
  );
}

function RecentPlaces() {
  const clear = () => {
    useRecentPlaces.setState({ places: [] });
    showNotice(strings.clearedRecent);
  };
  return (
    <div className={classes.row}>
      <Button onClick={clear}>{strings.clearRecent}</Button>
    </div>
  );
}
