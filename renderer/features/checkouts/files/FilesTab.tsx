import { Checkbox, TextInput } from '@mantine/core';
import { IconBraces, IconChevronDown, IconChevronRight, IconFile, IconSearch } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { parseState, type StateDocument } from '../../../../shared/state/state.ts';
import { useShortcuts } from '../../../stores/shortcuts.ts';
import { strings as words } from '../../../strings/checkouts.ts';
import { fileStrings as strings } from '../../../strings/checkoutTabs.ts';
import { SplitPane } from '../../../ui/SplitPane.tsx';
import { RowList } from '../../compare/list/RowList.tsx';
import { useAddressPart } from '../../compare/useAddressPart.ts';
import changeClasses from '../changes/changes.module.css';
import { useCheckoutText } from '../useCheckout.ts';
import { FileEditor } from './FileEditor.tsx';
import { type FileRow, fileGroups, fileRows } from './fileRows.ts';
import classes from './files.module.css';
import { typingKey, useTypings } from './typings.ts';

/** All files of the checkout by part; one that is a text can be edited where it is. */
export function FilesTab({ view }: { view: CheckoutView }) {
  const committed = useParsed(useCheckoutText(view, 'commit').data?.text);
  const working = useParsed(useCheckoutText(view, 'working').data?.text);
  const groups = useMemo(
    () => fileGroups(view, committed, view.workingSha === undefined ? undefined : working),
    [view, committed, working],
  );
  const [filter, setFilter] = useState('');
  const [changedOnly, setChangedOnly] = useState(false);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [selected, setSelected] = useAddressPart('file');
  const rows = useMemo(() => fileRows(groups, { closed, filter, changedOnly }), [groups, closed, filter, changedOnly]);
  const file = useMemo(() => groups.flatMap(({ files }) => files).find(({ path }) => path === selected), [groups, selected]);
  const typings = useTypings(({ byKey }) => byKey);
  const searchBox = useRef<HTMLInputElement>(null);
  useShortcuts(
    strings.screen,
    useMemo(() => [{ keys: '/', label: strings.keyFilter, run: () => searchBox.current?.focus() }], []),
  );
  const toggle = (id: string, open: boolean) =>
    setClosed((now) => {
      const next = new Set(now);
      if (open) next.delete(id);
      else next.add(id);
      return next;
    });
  return (
    <SplitPane
      name="checkout-files"
      label={strings.treeWidth}
      fixed="first"
      defaultWidth={340}
      first={
        <div className={changeClasses.left}>
          <div className={changeClasses.tools}>
            <TextInput
              ref={searchBox}
              aria-label={strings.filter}
              placeholder={strings.filter}
              leftSection={<IconSearch size={14} aria-hidden />}
              value={filter}
              onChange={(event) => setFilter(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key === 'Escape') setFilter('');
              }}
            />
            <Checkbox
              label={strings.changedOnly}
              checked={changedOnly}
              onChange={(event) => setChangedOnly(event.currentTarget.checked)}
            />
          </div>
          <div className={changeClasses.rows}>
            {rows.length === 0 ? (
              <p className={changeClasses.note}>{groups.length === 0 ? strings.none : strings.noMatch}</p>
            ) : (
              <RowList label={strings.tree} rows={rows} selected={selected} onSelect={setSelected} onToggle={toggle}>
                {(row) => <Row row={row} unsaved={typings[typingKey(view.id, row.id)] !== undefined} />}
              </RowList>
            )}
          </div>
        </div>
      }
      second={
        selected === undefined || selected.startsWith('/') ? (
          <p className={changeClasses.note}>{strings.choose}</p>
        ) : (
          <FileEditor key={selected} view={view} path={selected} file={file} />
        )
      }
    />
  );
}

function useParsed(text: string | undefined): StateDocument | undefined {
  return useMemo(() => {
    const parsed = text === undefined ? undefined : parseState(text);
    return parsed?.ok === true ? parsed.state : undefined;
  }, [text]);
}

function Row({ row, unsaved }: { row: FileRow; unsaved: boolean }) {
  if (row.kind === 'part') {
    const { label, files, changed } = row.group;
    const Chevron = row.open ? IconChevronDown : IconChevronRight;
    return (
      <>
        <Chevron size={14} aria-hidden />
        <span>{label ?? strings.untracked}</span>
        <span className={changeClasses.count}>
          {changed > 0 ? strings.changedOf(changed, files.length) : files.length.toLocaleString()}
        </span>
      </>
    );
  }
  const { file } = row;
  const Icon = file.kind === 'json' ? IconBraces : IconFile;
  const group = file.problem ? '!' : file.letter;
  return (
    <>
      <span className={classes.indent} />
      <Icon size={14} stroke={1.5} className={changeClasses.dimIcon} aria-hidden />
      <code className={`${classes.name} ${file.letter === 'D' ? classes.removed : ''}`} title={file.path}>
        {file.name}
      </code>
      {unsaved && <span className={classes.unsaved}>{strings.unsaved}</span>}
      {group !== undefined && (
        <span className={changeClasses.letter} data-group={group} title={group === '!' ? strings.problem : words.letters[group]}>
          {group}
        </span>
      )}
    </>
  );
}
