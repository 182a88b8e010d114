import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, type TablerIcon } from '@tabler/icons-react';
import { type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import type { Visit } from '../../routes/visitList.ts';
import { useVisits } from '../../routes/visits.ts';
import { strings } from '../../strings/shell.ts';
import { hotkeyText } from '../../ui/hotkeyText.ts';
import { onMac } from '../../ui/onMac.ts';
import { backKeys, forwardKeys } from './globalKeys.ts';

/** A button held down this long shows the list, in milliseconds. */
const longPress = 500;
const mostListed = 12;

/** Back and forward. Each knows whether there is somewhere to go; held down or right-clicked it lists where. */
export function HistoryButtons() {
  const list = useVisits((visits) => visits.list);
  const index = useVisits((visits) => visits.index);
  const back = list.slice(0, index).reverse();
  const ahead = list.slice(index + 1);
  return (
    <>
      <HistoryButton
        label={strings.back}
        keys={backKeys}
        list={strings.backList}
        icon={IconArrowLeft}
        places={back}
        direction={-1}
      />
      <HistoryButton
        label={strings.forward}
        keys={forwardKeys}
        list={strings.forwardList}
        icon={IconArrowRight}
        places={ahead}
        direction={1}
      />
    </>
  );
}

interface HistoryButtonProps {
  readonly label: string;
  readonly keys: string;
  readonly list: string;
  readonly icon: TablerIcon;
  /** Nearest first. */
  readonly places: readonly Visit[];
  readonly direction: -1 | 1;
}

function HistoryButton({ label, keys, list, icon: Icon, places, direction }: HistoryButtonProps) {
  const [listed, setListed] = useState(false);
  const press = useRef<ReturnType<typeof setTimeout>>(undefined);
  const heldDown = useRef(false);
  const nowhere = places.length === 0;
  const begin = ({ button }: PointerEvent) => {
    heldDown.current = false;
    if (button !== 0) return;
    press.current = setTimeout(() => {
      heldDown.current = true;
      setListed(true);
    }, longPress);
  };
  const show = (event: MouseEvent) => {
    event.preventDefault();
    clearTimeout(press.current);
    setListed(true);
  };
  // The menu's own click opens and closes; here a click goes, and the one that ends a long press does nothing.
  const onChange = (open: boolean) => {
    if (!open && !heldDown.current) setListed(false);
    heldDown.current = false;
  };
  return (
    <Menu opened={listed && !nowhere} onChange={onChange} position="bottom-start">
      <Menu.Target>
        <ActionIcon
          aria-label={label}
          title={`${label} (${hotkeyText(keys, onMac)})`}
          {...(nowhere ? { 'data-disabled': true, 'aria-disabled': true } : {})}
          onPointerDown={begin}
          onPointerUp={() => clearTimeout(press.current)}
          onPointerLeave={() => clearTimeout(press.current)}
          onContextMenu={show}
          onClick={() => {
            if (!nowhere && !heldDown.current && !listed) history.go(direction);
          }}
        >
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-label={list}>
        {places.slice(0, mostListed).map(({ place, title }, steps) => (
          <Menu.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: a place may be in the way twice, and its position is what tells which
            key={steps}
            onClick={() => history.go(direction * (steps + 1))}
          >
            {title === '' ? place : title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
