import { Checkbox, TextInput } from '@mantine/core';
import { originStrings as strings } from '../../../strings/checkoutDialogs.ts';
import classes from './origin.module.css';
import type { OriginForm } from './originForm.ts';

/** Which parts are taken, as pvr's fragment names them, and whether exactly as pvr takes them. */
export function PartsField({ form, onChange }: { form: OriginForm; onChange: (form: OriginForm) => void }) {
  return (
    <div className={classes.fields}>
      <TextInput
        label={strings.parts}
        description={strings.partsHint}
        placeholder={strings.partsPlaceholder}
        value={form.fragment}
        spellCheck={false}
        onChange={(event) => onChange({ ...form, fragment: event.currentTarget.value })}
      />
      {form.fragment.trim() !== '' && (
        <Checkbox
          label={strings.exactCli}
          description={strings.exactCliHint}
          checked={form.exactCli}
          onChange={(event) => onChange({ ...form, exactCli: event.currentTarget.checked })}
        />
      )}
    </div>
  );
}
