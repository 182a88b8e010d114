import { Combobox, useCombobox } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconFileZip, IconFolderCode, IconRouter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { strings } from '../../../strings/compare.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { PathDialog } from '../../checkouts/picker/PathDialog.tsx';
import { useFleet } from '../../fleet/useFleet.ts';
import type { ChoiceGroup, SideChoice } from './sideChoices.ts';
import { exportSide } from './sideRef.ts';
import classes from './sides.module.css';
import { type PickerPlace, useSideChoices } from './useSideChoices.ts';

interface SidePickerProps {
  /** Which side it is, for those who can't see where it stands. */
  readonly label: string;
  /** The device that the screen is about; its sides have short names. */
  readonly home: DeviceId | undefined;
  /** Whose sides are offered first; those of the pvr checkouts where it is no device. */
  readonly device: DeviceId | undefined;
  readonly value: string;
  /** Offers neither checkouts nor exports. */
  readonly devicesOnly: boolean;
  readonly onChange: (side: string) => void;
  readonly children: React.ReactNode;
}

const backValue = '\nback';
const devicesValue = '\ndevices';
const checkoutsValue = '\ncheckouts';
const exportValue = '\nexport';

function firstPlace(device: DeviceId | undefined): PickerPlace {
  return device === undefined ? { kind: 'checkouts' } : { kind: 'device', id: device };
}

/** Chooses a side: of this device, of another one that is chosen first, a pvr checkout or an export. Typing narrows the list down. */
export function SidePicker({ label, home, device, value, devicesOnly, onChange, children }: SidePickerProps) {
  const [place, setPlace] = useState<PickerPlace>(() => firstPlace(device));
  const [choosingFile, setChoosingFile] = useState(false);
  const [search, setSearch] = useState('');
  const goTo = (next: PickerPlace) => {
    setPlace(next);
    setSearch('');
  };
  const combobox = useCombobox({
    onDropdownOpen: () => {
      goTo(firstPlace(device));
      combobox.focusSearchInput();
    },
    onDropdownClose: () => {
      combobox.resetSelectedOption();
      combobox.focusTarget();
    },
  });
  const opened = combobox.dropdownOpened;
  const submit = (choice: string) => {
    if (choice === devicesValue) goTo({ kind: 'devices' });
    else if (choice === checkoutsValue) goTo({ kind: 'checkouts' });
    else if (choice === backValue) goTo(firstPlace(home));
    else if (choice === exportValue) {
      combobox.closeDropdown();
      setChoosingFile(true);
    } else if (place.kind === 'devices') {
      const found = groups.flatMap((group) => group.choices).find((one) => one.value === choice);
      if (found?.device !== undefined) goTo({ kind: 'device', id: found.device });
    } else {
      combobox.closeDropdown();
      if (choice !== value) onChange(choice);
    }
  };
  const { groups, reading } = useSideChoices(home, place, search, opened);
  const { selectFirstOption, resetSelectedOption } = combobox;
  // What was typed means the first choice that is left, once that is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list has another first choice
  useEffect(() => {
    if (search === '') resetSelectedOption();
    else selectFirstOption();
  }, [search, groups]);
  const names = useFleet().data?.devices;
  const homeName = home === undefined ? strings.checkoutsGroup : (names?.get(home)?.name ?? '');
  const placeName = place.kind === 'device' ? (names?.get(place.id)?.name ?? '') : '';
  const away = home === undefined ? place.kind !== 'checkouts' : place.kind !== 'device' || place.id !== home;
  const searchLabel = { device: strings.searchOf(placeName), devices: strings.searchDevices, checkouts: strings.searchCheckouts }[
    place.kind
  ];

  return (
    <Combobox store={combobox} width={420} position="bottom-start" onOptionSubmit={submit}>
      <Combobox.Target withAriaAttributes={false} targetType="button">
        <button
          type="button"
          className={classes.picker}
          aria-haspopup="listbox"
          aria-expanded={opened}
          onClick={() => combobox.toggleDropdown()}
        >
          <span className={classes.srOnly}>{label}: </span>
          <span className={classes.pickerText}>{children}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          role="combobox"
          aria-expanded={opened}
          aria-label={searchLabel}
          placeholder={searchLabel}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Backspace' && search === '' && away) goTo(firstPlace(home));
          }}
        />
        <Combobox.Options className={classes.options ?? ''} aria-label={label}>
          {away && search === '' && (
            <Combobox.Option value={backValue} className={classes.option ?? ''}>
              <IconArrowLeft size={14} aria-hidden /> {strings.backTo(homeName)}
            </Combobox.Option>
          )}
          {groups.map((group) => (
            <Group key={group.label} group={group} chosen={value} />
          ))}
          {groups.length === 0 && (
            <Combobox.Empty className={classes.none ?? ''}>
              {reading ? strings.readingRevisions : place.kind === 'checkouts' ? strings.noCheckouts : strings.nothingFound}
            </Combobox.Empty>
          )}
          {groups.length > 0 && reading && <div className={classes.none}>{strings.readingRevisions}</div>}
          {place.kind !== 'devices' && (
            <Combobox.Option value={devicesValue} className={classes.option ?? ''}>
              <IconRouter size={14} aria-hidden /> {place.kind === 'device' ? strings.otherDevice : strings.aDevice}
            </Combobox.Option>
          )}
          {!devicesOnly && place.kind === 'device' && (
            <Combobox.Option value={checkoutsValue} className={classes.option ?? ''}>
              <IconFolderCode size={14} aria-hidden /> {strings.aCheckout}
            </Combobox.Option>
          )}
          {!devicesOnly && place.kind !== 'devices' && (
            <Combobox.Option value={exportValue} className={classes.option ?? ''}>
              <IconFileZip size={14} aria-hidden /> {strings.anExport}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
      {choosingFile && (
        <PathDialog
          title={strings.chooseExport}
          confirm={strings.compareWithExport}
          wanted="export"
          onClose={() => setChoosingFile(false)}
          onChosen={(path) => {
            setChoosingFile(false);
            onChange(exportSide(path));
          }}
        />
      )}
    </Combobox>
  );
}

function Group({ group, chosen }: { group: ChoiceGroup; chosen: string }) {
  // A single choice that is called as its group needs no head.
  const options = group.choices.map((choice) => <Choice key={choice.value} choice={choice} chosen={choice.value === chosen} />);
  if (group.choices.length === 1 && group.choices[0]?.name === group.label) return options;
  return (
    <Combobox.Group label={group.label}>
      {options}
      {group.more > 0 && <div className={classes.none}>{strings.moreChoices(group.more)}</div>}
    </Combobox.Group>
  );
}

function Choice({ choice, chosen }: { choice: SideChoice; chosen: boolean }) {
  return (
    <Combobox.Option value={choice.value} active={chosen} className={classes.option ?? ''}>
      <span className={choice.mono ? classes.revision : classes.optionName} title={choice.name}>
        {choice.name}
      </span>
      <span className={classes.optionText} title={choice.text}>
        {choice.text}
      </span>
      {choice.tag !== undefined && choice.tag !== '' && <span className={classes.tag}>{choice.tag}</span>}
      {choice.at !== undefined && (
        <span className={classes.age}>
          <RelativeTime at={choice.at} bare />
        </span>
      )}
    </Combobox.Option>
  );
}
