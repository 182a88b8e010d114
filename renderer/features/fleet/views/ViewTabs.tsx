import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconDeviceFloppy,
  IconForms,
  IconPlus,
  IconRestore,
  IconTrash,
} from '@tabler/icons-react';
import { type PointerEvent, useMemo, useRef, useState } from 'react';
import { strings } from '../../../strings/fleetViews.ts';
import { showUndo } from '../../../ui/showNotice.ts';
import { useFleetPlace } from '../fleetPlace.ts';
import { builtInViews, lookOf, mostViews, type SavedView, viewOf } from './savedViews.ts';
import { useSavedViews } from './useSavedViews.ts';
import { ViewNameDialog } from './ViewNameDialog.tsx';
import classes from './ViewTabs.module.css';

interface ViewTabsProps {
  /** Devices of each view, the built-in ones first; undefined until they are counted. */
  readonly counts: readonly number[] | undefined;
}

type Asking = { readonly kind: 'save' } | { readonly kind: 'rename'; readonly view: SavedView };

/** The views over the table: those that are always there, then the person's own; and what can be done with the one that is shown. */
export function ViewTabs({ counts }: ViewTabsProps) {
  const { view: shown, filter, show, setFilter } = useFleetPlace();
  const { own, shared, add, change, remove, move } = useSavedViews();
  const [asking, setAsking] = useState<Asking>();
  const tabs = useMemo(() => [...builtInViews.map((view) => ({ ...view, name: strings.builtIn[view.id] })), ...own], [own]);
  const current = own.find(({ id }) => id === shown);
  const changed = filter !== viewOf(shown, own).filter;
  const full = own.length >= mostViews;

  const removeView = (view: SavedView) => {
    const putBack = remove(view.id);
    show('all', '');
    showUndo(strings.deleted(view.name), () => {
      putBack();
      show(view.id, view.filter);
    });
  };
  const drag = useTabDrag(own, move);
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label={strings.views}>
        {tabs.map((tab, index) => {
          const here = tab.id === shown;
          const mine = own.some(({ id }) => id === tab.id);
          return (
            <button
              key={tab.id}
              type="button"
              aria-pressed={here}
              className={classes.tab}
              title={tab.filter === '' ? tab.name : `${tab.name}: ${tab.filter}`}
              data-view={mine ? tab.id : undefined}
              {...(mine ? drag(tab.id) : {})}
              onClick={() => show(tab.id, tab.filter)}
              onDoubleClick={() => mine && current !== undefined && setAsking({ kind: 'rename', view: current })}
            >
              <span className={classes.name}>{tab.name}</span>
              {here && changed && (
                <span className={classes.changed} title={strings.changed}>
                  {'•'}
                </span>
              )}
              <span className={classes.count}>{counts?.[index]}</span>
            </button>
          );
        })}
      </nav>
      {current !== undefined && (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon aria-label={strings.menu(current.name)} title={strings.menu(current.name)}>
              <IconChevronDown size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {changed && (
              <>
                <Menu.Item
                  leftSection={<IconDeviceFloppy size={14} aria-hidden />}
                  onClick={() => change(current.id, { filter })}
                >
                  {strings.update}
                </Menu.Item>
                <Menu.Item leftSection={<IconRestore size={14} aria-hidden />} onClick={() => setFilter(current.filter)}>
                  {strings.back}
                </Menu.Item>
                <Menu.Divider />
              </>
            )}
            <Menu.Item
              leftSection={<IconForms size={14} aria-hidden />}
              onClick={() => setAsking({ kind: 'rename', view: current })}
            >
              {strings.rename}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowLeft size={14} aria-hidden />}
              disabled={own[0]?.id === current.id}
              onClick={() => move(current.id, -1)}
            >
              {strings.moveLeft}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowRight size={14} aria-hidden />}
              disabled={own.at(-1)?.id === current.id}
              onClick={() => move(current.id, 1)}
            >
              {strings.moveRight}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item leftSection={<IconTrash size={14} aria-hidden />} onClick={() => removeView(current)}>
              {strings.delete}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Button
        size="compact-xs"
        variant="subtle"
        className={classes.save ?? ''}
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={full}
        title={full ? strings.full(mostViews) : strings.saveHelp}
        onClick={() => setAsking({ kind: 'save' })}
      >
        {strings.save}
      </Button>
      {asking !== undefined && (
        <ViewNameDialog
          title={asking.kind === 'save' ? strings.saveTitle : strings.renameTitle(asking.view.name)}
          text={asking.kind === 'save' ? strings.saveText(filter) : undefined}
          name={asking.kind === 'save' ? '' : asking.view.name}
          taken={own.filter((view) => asking.kind === 'save' || view.id !== asking.view.id).map(({ name }) => name)}
          confirm={asking.kind === 'save' ? strings.saveConfirm : strings.renameConfirm}
          onClose={() => setAsking(undefined)}
          onName={(name) => {
            if (asking.kind === 'rename') change(asking.view.id, { name });
            else show(add(name, filter, lookOf(shown, own, shared)), filter);
            setAsking(undefined);
          }}
        />
      )}
    </div>
  );
}

/** Own views change places when one is dragged over another. */
function useTabDrag(own: readonly SavedView[], move: (id: string, step: number) => void) {
  const dragged = useRef<string>(undefined);
  return (id: string) => ({
    onPointerDown: (event: PointerEvent) => {
      dragged.current = event.button === 0 ? id : undefined;
    },
    onPointerUp: () => {
      dragged.current = undefined;
    },
    onPointerEnter: (event: PointerEvent) => {
      if (dragged.current === undefined || dragged.current === id) return;
      if (event.buttons !== 1) {
        dragged.current = undefined;
        return;
      }
      const place = (one: string) => own.findIndex((view) => view.id === one);
      move(dragged.current, place(id) - place(dragged.current));
    },
  });
}
