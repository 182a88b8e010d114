import { Combobox, useCombobox } from '@mantine/core';
import { IconArrowLeft, IconChevronDown, IconRouter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DeviceId } from '../../../../shared/contract/ids.ts';
import { strings } from '../../../strings/compare.ts';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { useFleet } from '../../fleet/useFleet.ts';
import type { ChoiceGroup, SideChoice } from './sideChoices.ts';
import classes from './sides.module.css';
import { type PickerPlace, useSideChoices } from './useSideChoices.ts';

interface SidePickerProps {
  /** Which side it is, for those who can't see where it stands. */
  readonly label: string;
  /** The device that the screen is about; its sides have short names. */
  readonly home: DeviceId;
  /** Whose sides are offered first. */
  readonly device: DeviceId;
  readonly value: string;
  readonly onChange: (side: string) => void;
  readonly children: React.ReactNode;
}

const backValue = '\nback';
const devicesValue = '\ndevices';

/** Chooses a side: of this device, or of another one that is chosen first. Typing narrows the list down. */
export function SidePicker({ label, home, device, value, onChange, children }: SidePickerProps) {
  const [place, setPlace] = useState<PickerPlace>({ kind: 'device', id: device });
  const [search, setSearch] = useState('');
  const goTo = (next: PickerPlace) => {
    setPlace(next);
    setSearch('');
  };
  const combobox = useCombobox({
    onDropdownOpen: () => {
      goTo({ kind: 'device', id: device });
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
    else if (choice === backValue) goTo({ kind: 'device', id: home });
    else if (place.kind === 'devices') {
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
  const homeName = names?.get(home)?.name ?? '';
  const placeName = place.kind === 'device' ? (names?.get(place.id)?.name ?? '') : '';
  const away = place.kind === 'devices' || place.id !== home;

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
          aria-label={place.kind === 'devices' ? strings.searchDevices : strings.searchOf(placeName)}
          placeholder={place.kind === 'devices' ? strings.searchDevices : strings.searchOf(placeName)}
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Backspace' && search === '' && away) goTo({ kind: 'device', id: home });
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
              {reading ? strings.readingRevisions : strings.nothingFound}
            </Combobox.Empty>
          )}
          {groups.length > 0 && reading && <div className={classes.none}>{strings.readingRevisions}</div>}
          {place.kind === 'device' && (
            <Combobox.Option value={devicesValue} className={classes.option ?? ''}>
              <IconRouter size={14} aria-hidden /> {strings.otherDevice}
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
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
