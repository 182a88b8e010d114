import { TextInput } from '@mantine/core';
import { IconArrowBackUp, IconPlus, IconSearch, IconTrash } from '@tabler/icons-react';
import type { RefObject } from 'react';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { changeStrings as strings } from '../../../strings/checkoutChanges.ts';
import { GatedButton } from '../../../ui/GatedButton.tsx';
import { whyNoWrite } from '../reasons.ts';
import { possibleActs } from './changeRows.ts';
import classes from './changes.module.css';
import type { ChangeKeys } from './useChangeKeys.ts';
import type { Changes } from './useChanges.ts';

interface ChangeToolsProps {
  readonly view: CheckoutView;
  readonly changes: Changes;
  readonly acts: ChangeKeys;
  readonly searchBox: RefObject<HTMLInputElement | null>;
}

/** What can be done with the files that are marked, or with the selected one. */
export function ChangeTools({ view, changes, acts, searchBox }: ChangeToolsProps) {
  const { add, raw, reset, remove } = possibleActs(changes.chosen);
  const busy = whyNoWrite(view);
  const reason = (paths: readonly string[], none: string) => busy ?? (paths.length === 0 ? none : undefined);
  const size = 'compact-xs' as const;
  return (
    <div className={classes.tools}>
      <TextInput
        ref={searchBox}
        aria-label={strings.filter}
        placeholder={strings.filter}
        leftSection={<IconSearch size={14} aria-hidden />}
        value={changes.filter}
        onChange={(event) => changes.setFilter(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && changes.filter !== '') changes.setFilter('');
        }}
      />
      <div className={classes.acts} role="toolbar" aria-label={strings.selected(changes.chosen.length)}>
        {changes.marks.size > 0 && <span className={classes.selected}>{strings.selected(changes.marks.size)}</span>}
        <GatedButton
          size={size}
          leftSection={<IconPlus size={12} aria-hidden />}
          title={strings.addTitle}
          reason={reason(add, strings.noAdd)}
          onClick={acts.add}
        >
          {strings.add}
        </GatedButton>
        <GatedButton size={size} title={strings.addRawTitle} reason={reason(raw, strings.noRaw)} onClick={acts.addRaw}>
          {strings.addRaw}
        </GatedButton>
        <GatedButton
          size={size}
          leftSection={<IconArrowBackUp size={12} aria-hidden />}
          title={strings.resetTitle}
          reason={reason(reset, strings.noReset)}
          onClick={acts.reset}
        >
          {strings.reset}
        </GatedButton>
        <GatedButton
          size={size}
          leftSection={<IconTrash size={12} aria-hidden />}
          title={strings.removeTitle}
          reason={reason(remove, strings.noRemove)}
          onClick={acts.remove}
        >
          {strings.remove}
        </GatedButton>
      </div>
    </div>
  );
}
