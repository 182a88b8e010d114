// biome-ignore-all lint/a11y/useSemanticElements: the rows of a virtual tree are placed one by one
// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
import {
  IconArrowRight,
  IconArrowsUpDown,
  IconChevronDown,
  IconChevronRight,
  IconDots,
  IconMinus,
  IconPencil,
  IconPlus,
  type TablerIcon,
} from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { DiffKind, JsonDiff } from '../../../../shared/compare/json-diff.ts';
import { strings } from '../../../strings/compare.ts';
import { rowAfterKey } from '../../../ui/tableKeys.ts';
import classes from './tree.module.css';
import type { TreeRow } from './treeRows.ts';
import { shortened, valueText } from './valueText.ts';

interface TreeListProps {
  readonly rows: readonly TreeRow[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (ids: readonly string[], open: boolean) => void;
}

const rowHeight = 28;
const indent = 16;

/** The rows of a tree of changes, only those in sight. Keys as in a tree of the ARIA practices; `*` opens all beside the selected one. */
export function TreeList({ rows, selected, onSelect, onToggle }: TreeListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 12,
  });
  const at = selected === undefined ? -1 : rows.findIndex((row) => row.id === selected);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);

  const select = (row: TreeRow | undefined) => row !== undefined && onSelect(row.id);
  const parentOf = (index: number) => rows.slice(0, index).findLast((row) => row.level < (rows[index]?.level ?? 0));
  const treeKey = (key: string): boolean => {
    const row = rows[at];
    if (row === undefined) return false;
    switch (key) {
      case 'ArrowRight':
        if (row.open === false) onToggle([row.id], true);
        else if (row.open === true) select(rows[at + 1]);
        return true;
      case 'ArrowLeft':
        if (row.open === true) onToggle([row.id], false);
        else select(parentOf(at));
        return true;
      case 'Enter':
      case ' ':
        if (row.open !== undefined) onToggle([row.id], !row.open);
        return true;
      case '*': {
        const parent = parentOf(at);
        const beside = rows.filter(
          (one, index) => one.level === row.level && parentOf(index) === parent && one.open !== undefined,
        );
        onToggle(
          beside.map((one) => one.id),
          true,
        );
        return true;
      }
      default:
        return false;
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (treeKey(event.key)) {
      event.preventDefault();
      return;
    }
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
    const next = rowAfterKey(event.key, at < 0 ? undefined : at, rows.length, page);
    if (next === undefined) return;
    event.preventDefault();
    select(rows[next]);
  };

  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="tree"
      tabIndex={0}
      aria-label={strings.tree}
      aria-activedescendant={at < 0 ? undefined : `${id}-${at}`}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const { open } = row;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys for its rows
            <div
              key={item.key}
              id={`${id}-${item.index}`}
              role="treeitem"
              aria-level={row.level}
              aria-posinset={row.position}
              aria-setsize={row.siblings}
              aria-selected={row.id === selected}
              {...(open === undefined ? {} : { 'aria-expanded': open })}
              className={classes.row}
              data-kind={row.diff.kind}
              style={{ transform: `translateY(${item.start}px)`, paddingLeft: 8 + (row.level - 1) * indent }}
              onClick={() => {
                onSelect(row.id);
                if (open !== undefined && row.id === selected) onToggle([row.id], !open);
              }}
            >
              <Toggle row={row} onToggle={() => onToggle([row.id], open === false)} />
              <Value diff={row.diff} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Toggle({ row, onToggle }: { row: TreeRow; onToggle: () => void }) {
  if (row.open === undefined) return <span className={classes.toggle} />;
  const Chevron = row.open ? IconChevronDown : IconChevronRight;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the tree do the same
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the tree do the same
    <span
      className={classes.toggle}
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
    >
      <Chevron size={14} aria-hidden />
    </span>
  );
}

const icons: { readonly [Kind in DiffKind]: TablerIcon } = {
  same: IconDots,
  added: IconPlus,
  removed: IconMinus,
  changed: IconPencil,
  within: IconDots,
  moved: IconArrowsUpDown,
};

function Value({ diff }: { diff: JsonDiff }) {
  const { kind } = diff;
  const Icon = icons[kind];
  const inside = kind === 'within' || kind === 'same' || kind === 'moved';
  return (
    <>
      <span className={classes.kind} title={strings.treeKinds[kind]}>
        {kind !== 'same' && kind !== 'within' && <Icon size={14} stroke={1.75} aria-hidden />}
        <span className={classes.srOnly}>{strings.treeKinds[kind]}</span>
      </span>
      <span className={diff.labelled === 'key' || diff.labelled === 'name' ? classes.label : classes.place}>{labelOf(diff)}</span>
      {inside ? (
        <Side diff={diff} side="after" className={classes.quiet} />
      ) : (
        <>
          {diff.before !== undefined && <Side diff={diff} side="before" className={classes.before} />}
          {diff.before !== undefined && diff.after !== undefined && (
            <span className={classes.arrow}>
              <IconArrowRight size={14} aria-hidden />
              <span className={classes.srOnly}>{strings.becomes}</span>
            </span>
          )}
          {diff.after !== undefined && <Side diff={diff} side="after" className={classes.after} />}
        </>
      )}
    </>
  );
}

function labelOf({ labelled, label }: JsonDiff): string {
  switch (labelled) {
    case 'key':
    case 'name':
      return label;
    case 'place':
      return strings.place(label);
    case 'whole':
      return strings.wholeValue;
  }
}

function Side({ diff, side, className }: { diff: JsonDiff; side: 'before' | 'after'; className: string | undefined }) {
  return (
    <code className={className} title={shortened(diff[side]?.text ?? '')}>
      {valueText(diff, side)}
    </code>
  );
}
