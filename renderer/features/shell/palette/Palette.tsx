import { Highlight } from '@mantine/core';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { strings } from '../../../strings/shell.ts';
import { Keys } from '../../../ui/Keys.tsx';
import { RebootDialog } from '../../device/RebootDialog.tsx';
import { useOpenDevice } from '../useOpenDevice.ts';
import { wordsOf } from './fuzzy.ts';
import { devicesFor, grouped, type PaletteItem, paletteLines, scopeOf } from './items.ts';
import classes from './Palette.module.css';
import { usePaletteSources } from './usePaletteSources.ts';

// The rest is found by typing.
const shownAtOnce = 40;
const asTheyAre = (_typed: string, actions: (SpotlightActionData | SpotlightActionGroupData)[]) => actions;

/** Ctrl+K: what can be done here, screens, devices, the revisions of the open one, and what can be done anywhere. */
export function Palette() {
  const [opened, setOpened] = useState(false);
  const [typed, setTyped] = useState('');
  const [rebooting, setRebooting] = useState(false);
  const device = useOpenDevice();
  const reboot = useCallback(() => setRebooting(true), []);
  const sources = usePaletteSources(opened, device, reboot);
  // Devices report all the time: they are looked through again when something else was typed, or one came or went.
  const devices = useMemo(() => devicesFor(typed, sources.devices, shownAtOnce), [typed, sources.devices]);
  const { scope } = scopeOf(typed);
  const nothingFound = strings.paletteNothing[scope];
  const groups = opened ? groupsOf(typed, paletteLines(typed, { ...sources, devices }, shownAtOnce)) : [];

  return (
    <>
      <Spotlight
        actions={groups}
        filter={asTheyAre}
        query={typed}
        onQueryChange={setTyped}
        shortcut={['mod + K']}
        // From a filter or a name too; editors of texts have chords that begin with it.
        tagsToIgnore={['TEXTAREA']}
        onSpotlightOpen={() => setOpened(true)}
        onExitTransitionEnd={() => setOpened(false)}
        nothingFound={nothingFound}
        scrollable
        maxHeight={420}
        centered={false}
        attributes={{ content: { 'aria-label': strings.paletteLabel } }}
        overlayProps={{ backgroundOpacity: 0.25, blur: 0 }}
        transitionProps={{ transition: 'fade', duration: 120 }}
        classNames={{
          inner: classes.inner ?? '',
          content: classes.content ?? '',
          actionsGroup: classes.group ?? '',
          action: classes.action ?? '',
          actionBody: classes.body ?? '',
          actionLabel: classes.label ?? '',
          actionDescription: classes.description ?? '',
        }}
        searchProps={{
          placeholder: strings.palettePlaceholder,
          'aria-label': strings.palettePlaceholder,
          leftSection: <IconSearch size={16} aria-hidden />,
          size: 'sm',
        }}
      />
      {device !== undefined && <RebootDialog device={device} opened={rebooting} onClose={() => setRebooting(false)} />}
    </>
  );
}

function groupsOf(typed: string, lines: readonly PaletteItem[]): SpotlightActionGroupData[] {
  const words = [...wordsOf(scopeOf(typed).words)];
  return grouped(lines).map(({ group, items }) => ({ group, actions: items.map((item) => actionOf(item, words)) }));
}

function actionOf({ id, label, description, icon: Icon, keys, run }: PaletteItem, words: string[]): SpotlightActionData {
  return {
    id,
    onClick: run,
    children: (
      <>
        <Icon size={16} aria-hidden className={classes.icon ?? ''} />
        <span className={classes.body}>
          <Highlight component="span" highlight={words} className={classes.label ?? ''} fz="inherit" lh="inherit">
            {label}
          </Highlight>
          {description !== undefined && <span className={classes.description}>{description}</span>}
        </span>
        {keys !== undefined && <Keys keys={keys} />}
      </>
    ),
  };
}
