import { Checkbox, SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { strings } from '../../strings/signatures.ts';
import type { ScopeChoice, ScopePreview, SignablePart } from './scopes.ts';
import classes from './signatures.module.css';

interface ScopeFieldsProps {
  readonly value: ScopeChoice;
  readonly onChange: (value: ScopeChoice) => void;
  readonly parts: readonly SignablePart[];
  readonly preview: ScopePreview | undefined;
}

/** What a new signature is to cover: a part, or patterns, with how many entries that is. */
export function ScopeFields({ value, onChange, parts, preview }: ScopeFieldsProps) {
  const words = strings.dialog;
  const chosen = parts.find(({ name }) => name === value.part);
  return (
    <>
      <SegmentedControl
        aria-label={words.what}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind: kind === 'raw' ? 'raw' : 'part' })}
        data={[
          { value: 'part', label: words.kinds.part },
          { value: 'raw', label: words.kinds.raw },
        ]}
      />
      {value.kind === 'part' ? (
        <>
          <Select
            label={words.part}
            description={chosen === undefined ? undefined : words.partHint(chosen.signed, chosen.entries)}
            data={parts.map(({ name }) => name)}
            value={value.part === '' ? null : value.part}
            onChange={(part) => onChange({ ...value, part: part ?? '' })}
            allowDeselect={false}
            searchable
          />
          <Checkbox
            label={words.config}
            checked={value.config}
            onChange={(event) => onChange({ ...value, config: event.currentTarget.checked })}
          />
        </>
      ) : (
        <>
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={value.name}
            spellCheck={false}
            onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
          />
          <Textarea
            label={words.include}
            description={words.patternsHint}
            value={value.include}
            rows={3}
            spellCheck={false}
            onChange={(event) => onChange({ ...value, include: event.currentTarget.value })}
          />
          <Textarea
            label={words.exclude}
            value={value.exclude}
            rows={2}
            spellCheck={false}
            onChange={(event) => onChange({ ...value, exclude: event.currentTarget.value })}
          />
        </>
      )}
      {preview !== undefined && <p className={classes.dim}>{previewText(preview)}</p>}
    </>
  );
}

function previewText(preview: ScopePreview): string {
  const words = strings.dialog;
  if (!preview.ok) return words.badPattern(preview.reason);
  if (preview.covers === 0) return words.coversNothing;
  return preview.sameOnDevice ? words.covers(preview.covers) : `${words.covers(preview.covers)} ${words.deviceDiffers}`;
}
