import { Checkbox, Select } from '@mantine/core';
import type { LogFile } from '../../../shared/contract/logs.ts';
import { strings } from '../../strings/logs.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { FilterButton } from './FilterMenu.tsx';
import { knownLevels } from './levels.ts';
import type { LocalFilter } from './localFilter.ts';
import classes from './logs.module.css';
import { hueOf } from './sourceHue.ts';

interface SshFiltersProps {
  readonly filter: LocalFilter;
  readonly onChange: (filter: LocalFilter) => void;
  /** Of all revisions. */
  readonly files: readonly LogFile[];
  readonly running: string | undefined;
  /** The revision that is looked at; undefined is the one that runs. */
  readonly revision: string | undefined;
  readonly onRevision: (revision: string | undefined) => void;
  /** The list of files may be old. */
  readonly onOpen: () => void;
}

const runningValue = '';

/** What of a device's log files is shown: by level, by file, and of which revision. */
export function SshFilters({ filter, onChange, files, running, revision, onRevision, onOpen }: SshFiltersProps) {
  const shown = files.filter((file) => file.revision === (revision ?? running) && !file.packed);
  const platforms = [...new Set(shown.map(({ platform }) => platform))].sort((a, b) => hueOf(a) - hueOf(b) || a.localeCompare(b));
  const others = [...new Set(files.map((file) => file.revision))].filter((name) => name !== running);
  const toggle = (list: readonly string[], words: readonly string[], on: boolean) =>
    on ? [...new Set([...list, ...words])] : list.filter((each) => !words.includes(each));
  return (
    <>
      <FilterButton
        label={strings.levels}
        value={chosen(filter.levels.map((level) => level || strings.noLevel))}
        active={filter.levels.length > 0}
      >
        <fieldset className={classes.fieldset}>
          <legend>{strings.levels}</legend>
          {[...knownLevels, ''].map((level) => (
            <Checkbox
              key={level}
              label={level || strings.noLevel}
              checked={filter.levels.includes(level)}
              onChange={(event) => onChange({ ...filter, levels: toggle(filter.levels, [level], event.currentTarget.checked) })}
            />
          ))}
        </fieldset>
      </FilterButton>
      <FilterButton label={strings.sources} value={chosen(filter.files)} active={filter.files.length > 0} onOpen={onOpen}>
        <div className={classes.words} style={{ maxHeight: 360 }}>
          {shown.length === 0 && <p className={classes.dim}>{strings.nothingSeen}</p>}
          {platforms.map((platform) => {
            const own = shown.filter((file) => file.platform === platform);
            const paths = own.map(({ path }) => path);
            const on = paths.filter((path) => filter.files.includes(path)).length;
            return (
              <fieldset key={platform} className={classes.fieldset}>
                <Checkbox
                  label={
                    <span className={classes.source} data-hue={hueOf(platform)}>
                      {platform}
                    </span>
                  }
                  checked={on === paths.length}
                  indeterminate={on > 0 && on < paths.length}
                  onChange={(event) => onChange({ ...filter, files: toggle(filter.files, paths, event.currentTarget.checked) })}
                />
                {own.map(({ path, source, size }) => (
                  <Checkbox
                    key={path}
                    className={classes.inner2 ?? ''}
                    label={
                      <span>
                        {source} <span className={classes.dim}>{dataSize(size)}</span>
                      </span>
                    }
                    checked={filter.files.includes(path)}
                    onChange={(event) =>
                      onChange({ ...filter, files: toggle(filter.files, [path], event.currentTarget.checked) })
                    }
                  />
                ))}
              </fieldset>
            );
          })}
        </div>
      </FilterButton>
      <Select
        className={classes.revisions ?? ''}
        aria-label={strings.revisions}
        value={revision ?? runningValue}
        onDropdownOpen={onOpen}
        onChange={(value) => onRevision(value === null || value === runningValue ? undefined : value)}
        allowDeselect={false}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        data={[
          { value: runningValue, label: running === undefined ? strings.runningOne : strings.running(running) },
          ...others.map((name) => ({ value: name, label: name })),
        ]}
      />
    </>
  );
}

function chosen(words: readonly string[]): string {
  return words.length === 0 ? strings.all : strings.chosen(words);
}
