import { ActionIcon, SegmentedControl } from '@mantine/core';
import { IconLayoutRows, IconPilcrow, IconTextWrap, type TablerIcon } from '@tabler/icons-react';
import { type DiffLook, useDiffOptions } from '../../stores/diffOptions.ts';
import { strings } from '../../strings/compare.ts';
import classes from './compare.module.css';
import { type EntryView, entryViews, useCompareView } from './compareView.ts';

interface EntryToolbarProps {
  /** Undefined where there is no tree to choose. */
  readonly view: EntryView | undefined;
  /** A text is shown, which can be drawn in several ways. */
  readonly text: boolean;
  /** How many differences there are, as soon as they are counted. */
  readonly differences: number | undefined;
}

const looks: readonly { readonly option: keyof DiffLook; readonly icon: TablerIcon; readonly label: string }[] = [
  { option: 'inline', icon: IconLayoutRows, label: strings.inline },
  { option: 'wrap', icon: IconTextWrap, label: strings.wrap },
  { option: 'ignoreWhitespace', icon: IconPilcrow, label: strings.ignoreWhitespace },
];

/** How the difference of an entry is drawn; kept from one entry to the next. */
export function EntryToolbar({ view, text, differences }: EntryToolbarProps) {
  const setView = useCompareView((state) => state.setView);
  const options = useDiffOptions();
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={strings.view}>
      {text && differences !== undefined && <span className={classes.dim}>{strings.differences(differences)}</span>}
      {text &&
        looks.map(({ option, icon: Icon, label }) => (
          <ActionIcon
            key={option}
            variant={options[option] ? 'light' : 'subtle'}
            className={options[option] ? (classes.on ?? '') : ''}
            aria-label={label}
            title={label}
            aria-pressed={options[option]}
            onClick={() => options.toggle(option)}
          >
            <Icon size={16} aria-hidden />
          </ActionIcon>
        ))}
      {view !== undefined && (
        <SegmentedControl
          aria-label={strings.view}
          value={view}
          onChange={(next) => {
            const chosen = entryViews.find((one) => one === next);
            if (chosen !== undefined) setView(chosen);
          }}
          data={entryViews.map((one) => ({ value: one, label: strings.views[one] }))}
        />
      )}
    </div>
  );
}
