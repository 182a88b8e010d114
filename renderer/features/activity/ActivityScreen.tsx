import { Button, Menu, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconChevronDown, IconDownload, IconTargetArrow } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../routes/paths.ts';
import { problemOf } from '../../rpc.ts';
import { useToday } from '../../stores/now.ts';
import { usePaletteActions } from '../../stores/palette.ts';
import { useShortcuts } from '../../stores/shortcuts.ts';
import { strings } from '../../strings/activity.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { showProblem } from '../../ui/ProblemNotice.tsx';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import { saveBlob } from '../../ui/saveBlob.ts';
import { showNotice } from '../../ui/showNotice.ts';
import { ScreenLoading } from '../shell/ScreenLoading.tsx';
import { ActivityFilters } from './ActivityFilters.tsx';
import { ActivityList } from './ActivityList.tsx';
import classes from './activity.module.css';
import { type ActivityFormat, activityText } from './exportActivity.ts';
import { type ChosenFilters, everything, filterOf } from './filters.ts';
import { allActivity, useActivity } from './useActivity.ts';

/** The backend is asked when nothing was typed for this long, in milliseconds. */
const typingPause = 150;
const types: { readonly [F in ActivityFormat]: string } = { csv: 'text/csv', json: 'application/json' };

/** What was done from here, newest first. */
export function ActivityScreen() {
  const [chosen, setChosen] = useState<ChosenFilters>(everything);
  const [asked] = useDebouncedValue(chosen, typingPause);
  const today = useToday();
  const filter = useMemo(() => filterOf(asked, today), [asked, today]);
  const { view, error, readOn } = useActivity(filter);
  const searchBox = useRef<HTMLInputElement>(null);
  const { mutate: save, isPending: saving } = useMutation({
    mutationFn: async (format: ActivityFormat) => ({ format, entries: await allActivity(filter) }),
    onSuccess: ({ format, entries }) => {
      const file = `trailboss-activity.${format}`;
      saveBlob(new Blob([activityText(entries, format)], { type: types[format] }), file);
      showNotice(strings.exported(entries.length, file));
    },
    onError: (problem) => showProblem(problemOf(problem)),
  });
  useShortcuts(
    strings.title,
    useMemo(() => [{ keys: '/', label: strings.focusSearch, run: () => searchBox.current?.focus() }], []),
  );
  usePaletteActions(
    strings.title,
    useMemo(
      () => [
        { id: 'csv', label: strings.exportCsv, icon: IconDownload, run: () => save('csv') },
        { id: 'json', label: strings.exportJson, icon: IconDownload, run: () => save('json') },
      ],
      [save],
    ),
  );

  if (error !== null && view === undefined) return <ProblemPanel problem={problemOf(error)} />;
  const filtered = chosen !== everything;
  const change = (part: Partial<ChosenFilters>) => setChosen((now) => ({ ...now, ...part }));
  return (
    <div className={classes.screen}>
      <VisuallyHidden component="h1">{strings.title}</VisuallyHidden>
      <div className={classes.bar}>
        <ActivityFilters chosen={chosen} onChange={change} searchBox={searchBox} />
        <span className={classes.count} role="status">
          {view === undefined ? '' : strings.count(view.total)}
        </span>
        <Button
          style={{ flex: 'none' }}
          component={Link}
          href={paths.fidelity()}
          leftSection={<IconTargetArrow size={14} aria-hidden />}
        >
          {strings.fidelity}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <Button
              style={{ flex: 'none' }}
              loading={saving}
              leftSection={<IconDownload size={14} aria-hidden />}
              rightSection={<IconChevronDown size={14} aria-hidden />}
            >
              {strings.export}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => save('csv')}>{strings.exportCsv}</Menu.Item>
            <Menu.Item onClick={() => save('json')}>{strings.exportJson}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={classes.rest}>
        {view === undefined && <ScreenLoading />}
        {view !== undefined && view.entries.length > 0 && (
          <ActivityList entries={view.entries} total={view.total} today={today} readOn={readOn} />
        )}
        {view?.entries.length === 0 && (
          <EmptyState sentence={filtered ? strings.nothingFound : strings.empty}>
            {filtered ? (
              <Button onClick={() => setChosen(everything)}>{strings.clear}</Button>
            ) : (
              <Button component={Link} href={paths.fleet()}>
                {strings.toFleet}
              </Button>
            )}
          </EmptyState>
        )}
      </div>
    </div>
  );
}
