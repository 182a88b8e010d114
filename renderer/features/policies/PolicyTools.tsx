import { Checkbox, CloseButton, Select, TextInput } from '@mantine/core';
import { IconBox } from '@tabler/icons-react';
import { strings } from '../../strings/policies.ts';
import classes from './policies.module.css';
import { type PolicyKind, policyKinds } from './policyTable.ts';

interface PolicyToolsProps {
  readonly containers: string;
  readonly kind: PolicyKind;
  readonly grouped: boolean;
  readonly onChange: (change: { containers?: string; kind?: PolicyKind; grouped?: boolean }) => void;
}

/** Which containers and policies are shown, and whether devices under the same policies are one row. */
export function PolicyTools({ containers, kind, grouped, onChange }: PolicyToolsProps) {
  return (
    <>
      <TextInput
        className={classes.containers ?? ''}
        aria-label={strings.containerFilter}
        placeholder={strings.containerPlaceholder}
        value={containers}
        onChange={(event) => onChange({ containers: event.currentTarget.value })}
        leftSection={<IconBox size={14} aria-hidden />}
        rightSection={
          containers !== '' && (
            <CloseButton size="xs" aria-label={strings.clearContainers} onClick={() => onChange({ containers: '' })} />
          )
        }
      />
      <Select
        className={classes.kind ?? ''}
        aria-label={strings.kind}
        allowDeselect={false}
        value={kind}
        data={policyKinds.map((value) => ({ value, label: strings.kinds[value] }))}
        onChange={(value) => {
          const chosen = policyKinds.find((one) => one === value);
          if (chosen !== undefined) onChange({ kind: chosen });
        }}
      />
      <Checkbox
        className={classes.grouped ?? ''}
        label={strings.grouped}
        checked={grouped}
        onChange={(event) => onChange({ grouped: event.currentTarget.checked })}
      />
    </>
  );
}
