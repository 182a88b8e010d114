import { Select, TagsInput, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { AppEdit, AppView } from '../../../../shared/contract/checkout.ts';
import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { paths } from '../../../routes/paths.ts';
import { appStrings as strings } from '../../../strings/checkoutTabs.ts';
import { Facts } from '../../../ui/Facts.tsx';
import { Inspector } from '../../../ui/Inspector.tsx';
import classes from './apps.module.css';
import { VolumeFields } from './VolumeFields.tsx';

interface AppInspectorProps {
  readonly checkoutId: CheckoutId;
  readonly app: AppView;
  /** Why nothing can be changed now. */
  readonly disabled: boolean;
  readonly onEdit: (edit: AppEdit) => void;
  readonly onClose: () => void;
}

/** The selected app, with what `pvr app install` derives from src.json to be changed right here. */
export function AppInspector({ checkoutId, app, disabled, onEdit, onClose }: AppInspectorProps) {
  return (
    <Inspector label={strings.inspector} title={app.name} closeLabel={strings.closeInspector} onClose={onClose}>
      <div className={classes.fields}>
        <Facts
          facts={[
            { name: strings.columns.image, value: <code style={{ overflowWrap: 'anywhere' }}>{app.image}</code> },
            { name: strings.template, value: app.template === '' ? undefined : <code>{app.template}</code> },
          ]}
        />
        {app.problem !== undefined && <Note text={app.problem} />}
        {app.drift.length > 0 && <Note text={strings.driftText(app.drift)} />}
        {app.signedBy.length > 0 && (
          <Note text={strings.signatureNote(app.signedBy)}>
            <Link href={paths.checkout(checkoutId, 'signatures')}>{strings.toSignatures}</Link>
          </Note>
        )}
        <Select
          allowDeselect={false}
          label={strings.columns.policy}
          placeholder={strings.noPolicy}
          clearable
          disabled={disabled}
          data={(['system', 'container'] as const).map((value) => ({ value, label: strings.policies[value] }))}
          value={app.restartPolicy ?? null}
          onChange={(next) => onEdit({ restartPolicy: next === 'system' || next === 'container' ? next : null })}
        />
        <GroupField key={app.group ?? ''} app={app} disabled={disabled} onEdit={onEdit} />
        <Select
          allowDeselect={false}
          label={strings.columns.goal}
          placeholder={strings.noGoal}
          clearable
          disabled={disabled}
          data={Object.keys(strings.goals)}
          value={app.statusGoal ?? null}
          onChange={(next) => onEdit({ statusGoal: next === 'MOUNTED' || next === 'STARTED' || next === 'READY' ? next : null })}
        />
        <TagsInput
          size="xs"
          label={strings.columns.roles}
          description={strings.rolesHint}
          disabled={disabled}
          value={[...(app.roles ?? [])]}
          onChange={(roles) => onEdit({ roles: roles.length === 0 ? null : roles })}
        />
        <VolumeFields app={app} disabled={disabled} onEdit={onEdit} />
      </div>
    </Inspector>
  );
}

function GroupField({ app, disabled, onEdit }: { app: AppView; disabled: boolean; onEdit: (edit: AppEdit) => void }) {
  const [text, setText] = useState(app.group ?? '');
  const submit = () => {
    const group = text.trim();
    if (group !== (app.group ?? '')) onEdit({ group: group === '' ? null : group });
  };
  return (
    <TextInput
      label={strings.columns.group}
      placeholder={strings.noGroup}
      {...(app.group === undefined && app.effectiveGroup !== undefined
        ? { description: strings.effectiveGroup(app.effectiveGroup) }
        : {})}
      disabled={disabled}
      value={text}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') submit();
      }}
    />
  );
}

function Note({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <div className={classes.note} role="note">
      <IconAlertTriangle size={14} aria-hidden />
      <p>
        {text} {children}
      </p>
    </div>
  );
}
