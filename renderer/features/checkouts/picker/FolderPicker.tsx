import { ActionIcon, TextInput } from '@mantine/core';
import { IconArrowUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { FolderItem } from '../../../../shared/contract/checkout.ts';
import { orpc, problemOf } from '../../../rpc.ts';
import { pickerStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { ItemList } from './ItemList.tsx';
import { useLastFolder } from './lastFolder.ts';
import { asFolder, completedName, isTaken, shownItems, typedPath, type Wanted } from './pathText.ts';
import classes from './picker.module.css';

interface FolderPickerProps {
  readonly label: string;
  readonly description?: string;
  readonly wanted: Wanted;
  /** The path as it is typed; empty at first. */
  readonly value: string;
  readonly onChange: (path: string) => void;
  /** Enter on what was looked for, or on a path that was typed. */
  readonly onSubmit: (path: string) => void;
  /** Where it begins without a value; else where somebody chose last. */
  readonly begin?: string;
}

/** Chooses a folder or a file of the computer that Trailboss runs on: by typing with completion, by keys, or by pointing. */
export function FolderPicker({ label, description, wanted, value, onChange, onSubmit, begin }: FolderPickerProps) {
  const last = useLastFolder((state) => state.folder);
  const [first, setFirst] = useState(begin ?? last);
  const { folder, name } = typedPath(value);
  const asked = value === '' ? first : folder;
  const listing = useQuery(
    orpc.checkout.browse.queryOptions({ input: asked === '' ? {} : { path: asked }, staleTime: 2000, retry: false }),
  );
  const [active, setActive] = useState<number>();
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const items = useMemo(() => shownItems(listing.data?.items ?? [], name, wanted), [listing.data, name, wanted]);
  const here = listing.data?.path;

  const begun = useRef(value !== '');
  const failed = listing.error !== null;
  // At first the field shows where one is, once that is known. A folder that is gone is no place to begin.
  useEffect(() => {
    if (begun.current) return;
    if (here !== undefined) {
      begun.current = true;
      onChange(asFolder(here));
    } else if (failed && first !== '') {
      setFirst('');
    }
  }, [here, failed, first, onChange]);

  const write = (path: string) => {
    begun.current = true;
    setActive(undefined);
    onChange(path);
  };
  const pathOf = (item: FolderItem) => `${asFolder(here ?? folder)}${item.name}`;
  const go = (item: FolderItem) => {
    if (isTaken(item, wanted)) onSubmit(pathOf(item));
    else write(asFolder(pathOf(item)));
    input.current?.focus();
  };
  const up = () => {
    const parent = listing.data?.parent;
    if (parent !== undefined) write(asFolder(parent));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = active === undefined ? undefined : items[active];
    const done = () => event.preventDefault();
    if (event.key === 'ArrowUp' && event.altKey) {
      done();
      up();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      done();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      const next = active === undefined ? (by === 1 ? 0 : items.length - 1) : active + by;
      setActive(items.length === 0 ? undefined : Math.max(0, Math.min(items.length - 1, next)));
    } else if (event.key === 'Tab' && !event.shiftKey && name !== '') {
      const completed = completedName(items, name);
      const only = items.filter((item) => item.name === completed);
      if (completed === name && only[0]?.kind !== 'folder') return;
      done();
      const found = items.length === 1 ? only[0] : undefined;
      write(found?.kind === 'folder' || completed === name ? asFolder(`${folder}${completed}`) : `${folder}${completed}`);
    } else if (event.key === 'Enter') {
      done();
      if (chosen !== undefined) go(chosen);
      else onSubmit(value);
    }
  };

  const problem = listing.error === null ? undefined : problemOf(listing.error);
  return (
    <div className={classes.picker}>
      <div className={classes.field}>
        <TextInput
          ref={input}
          className={classes.path ?? ''}
          label={label}
          {...(description === undefined ? {} : { description })}
          value={value}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          spellCheck={false}
          autoComplete="off"
          role="combobox"
          aria-expanded={items.length > 0}
          aria-controls={listId}
          aria-activedescendant={active === undefined ? undefined : `${listId}-${active}`}
          data-autofocus
        />
        <ActionIcon
          size={30}
          aria-label={strings.up}
          title={strings.up}
          disabled={listing.data?.parent === undefined}
          onClick={up}
        >
          <IconArrowUp size={16} aria-hidden />
        </ActionIcon>
      </div>
      <ItemList
        id={listId}
        items={items}
        active={active}
        onActive={setActive}
        onTake={go}
        wanted={wanted}
        onChoose={(item) => onChange(pathOf(item))}
      >
        {problem === undefined ? undefined : problem.what}
        {problem === undefined && listing.data === undefined && strings.reading}
        {listing.data !== undefined && items.length === 0 && (name === '' ? strings.empty : strings.noMatch)}
      </ItemList>
      <p className={classes.hint}>{listing.data?.truncated === true ? strings.truncated : strings.hint}</p>
    </div>
  );
}
