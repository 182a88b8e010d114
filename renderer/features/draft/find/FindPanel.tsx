import { ActionIcon, Button, TextInput, Tooltip } from '@mantine/core';
import { IconLetterCase, IconLetterW, IconRegex, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Draft } from '../../../../shared/contract/draft.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { strings } from '../../../strings/draft.ts';
import { RowList } from '../../compare/list/RowList.tsx';
import classes from '../draft.module.css';
import type { DraftEditing } from '../useDraft.ts';
import { FoundRowView } from './FoundRowView.tsx';
import type { FindEntry } from './find.worker.ts';
import { foundRows, hitsOf } from './foundRows.ts';
import { ReplaceDialog } from './ReplaceDialog.tsx';
import { planReplacing } from './replacing.ts';
import { type FindQuery, patternOf } from './search.ts';
import { useFileTexts } from './useFileTexts.ts';
import { mostFound, useFind } from './useFind.ts';

interface FindPanelProps {
  readonly draft: Draft;
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly query: FindQuery;
  readonly onQuery: (query: FindQuery) => void;
  /** Grows each time somebody asks to search, so that the field takes the focus again. */
  readonly asked: number;
  readonly onGo: (key: string, line: number | undefined) => void;
  readonly onClose: () => void;
}

const words = strings.find;
const toggles = [
  { name: 'matchCase', icon: IconLetterCase },
  { name: 'wholeWord', icon: IconLetterW },
  { name: 'regex', icon: IconRegex },
] as const;

/** Searches all entries of the draft: keys, JSON, and on demand the texts of files. */
export function FindPanel({ draft, next, editing, query, onQuery, asked, onGo, onClose }: FindPanelProps) {
  const field = useRef<HTMLInputElement>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState<string>();
  const [replacement, setReplacement] = useState('');
  const [replacing, setReplacing] = useState(false);
  const files = useFileTexts(draft.deviceId, next);
  const entries = useMemo(
    () =>
      next.entries.map((entry): FindEntry => {
        if (entry.kind === 'json') return { key: entry.key, raw: entry.raw };
        const text = files.texts.get(entry.sha);
        return { key: entry.key, ...(text !== undefined && { text }) };
      }),
    [next, files.texts],
  );
  const { found, state } = useFind(entries, query);
  const rows = useMemo(() => foundRows(found, closed), [found, closed]);
  const hits = useMemo(() => found.reduce((sum, entry) => sum + hitsOf(entry), 0), [found]);
  const pattern = useMemo(() => patternOf(query), [query]);
  const plan = useMemo(
    () => (replacing ? planReplacing(next, found, query, replacement) : []),
    [replacing, next, found, query, replacement],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time somebody asks
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  const toggle = (id: string, open: boolean) =>
    setClosed((before) => {
      const now = new Set(before);
      if (open) now.delete(id);
      else now.add(id);
      return now;
    });
  const go = (id: string) => {
    const [key = '', line] = id.split('\n');
    onGo(key, line === undefined ? undefined : Number(line));
  };
  return (
    <section
      className={classes.tree}
      aria-label={words.title}
      onKeyDown={(event) => {
        // The dialog's own Escape comes by here too.
        const here = event.target instanceof Node && event.currentTarget.contains(event.target);
        if (event.key === 'Escape' && here) onClose();
      }}
    >
      <div className={classes.treeHead}>
        <div className={classes.treeTools}>
          <TextInput
            ref={field}
            className={classes.grow ?? ''}
            aria-label={words.field}
            placeholder={words.placeholder}
            value={query.text}
            error={query.text !== '' && !pattern.ok ? words.badPattern : undefined}
            rightSectionWidth={76}
            rightSection={
              <span className={classes.history}>
                {toggles.map(({ name, icon: Icon }) => (
                  <Tooltip key={name} label={words[name]}>
                    <ActionIcon
                      size={22}
                      className={query[name] ? classes.on : ''}
                      aria-label={words[name]}
                      aria-pressed={query[name]}
                      onClick={() => onQuery({ ...query, [name]: !query[name] })}
                    >
                      <Icon size={14} aria-hidden />
                    </ActionIcon>
                  </Tooltip>
                ))}
              </span>
            }
            onChange={(event) => onQuery({ ...query, text: event.currentTarget.value })}
            onKeyDown={(event) => {
              const [first] = rows;
              if (event.key !== 'Enter' || first === undefined) return;
              const hit = rows.find((row) => row.kind === 'entry') ?? first;
              setActive(hit.id);
              go(hit.id);
            }}
          />
          <ActionIcon aria-label={words.close} title={words.close} onClick={onClose}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
        <div className={classes.treeTools}>
          <TextInput
            className={classes.grow ?? ''}
            aria-label={words.replacement}
            placeholder={words.replacement}
            value={replacement}
            onChange={(event) => setReplacement(event.currentTarget.value)}
          />
          <Button disabled={found.every(({ lines }) => lines.length === 0)} onClick={() => setReplacing(true)}>
            {words.replace}
          </Button>
        </div>
        <p className={classes.dim} role="status">
          {state === 'slow'
            ? words.slow
            : state === 'idle'
              ? words.hint
              : words.count(hits, found.length, found.length >= mostFound, state === 'searching')}
        </p>
        {files.all > 0 && (
          <div>
            <Button
              size="compact-xs"
              loading={files.read !== undefined && files.read < files.all}
              disabled={files.read === files.all}
              onClick={files.load}
            >
              {files.read === undefined ? words.alsoFiles(files.all) : words.filesRead(files.read, files.all)}
            </Button>
          </div>
        )}
      </div>
      <div className={classes.grow}>
        {rows.length > 0 && (
          <RowList
            label={words.results}
            rows={rows}
            selected={active}
            onSelect={(id) => {
              setActive(id);
              go(id);
            }}
            onToggle={toggle}
          >
            {(row) => <FoundRowView row={row} />}
          </RowList>
        )}
      </div>
      {replacing && (
        <ReplaceDialog plan={plan} from={query.text} to={replacement} editing={editing} onClose={() => setReplacing(false)} />
      )}
    </section>
  );
}
