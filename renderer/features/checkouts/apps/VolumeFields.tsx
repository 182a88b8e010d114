import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { AppEdit, AppView } from '../../../../shared/contract/checkout.ts';
import { appStrings as strings } from '../../../strings/checkoutTabs.ts';
import classes from './apps.module.css';

interface VolumeFieldsProps {
  readonly app: AppView;
  readonly disabled: boolean;
  readonly onEdit: (edit: AppEdit) => void;
}

/** How long what is written to each volume stays, as src.json has it; what the image has by itself is `permanent`. */
export function VolumeFields({ app, disabled, onEdit }: VolumeFieldsProps) {
  const [adding, setAdding] = useState<string>();
  return (
    <div className={classes.volumes}>
      <span className={classes.label}>{strings.persistence}</span>
      <span className={classes.hint}>{strings.persistenceHint}</span>
      {app.persistence.map(({ volume, persistence, own }) => (
        <div key={volume} className={classes.volume}>
          <code className={classes.cut} title={volume}>
            {volume}
          </code>
          <PersistenceField
            key={persistence}
            volume={volume}
            persistence={persistence}
            disabled={disabled}
            onSet={(next) => onEdit({ persistence: { [volume]: next } })}
          />
          {own && (
            <ActionIcon
              aria-label={strings.ownRemove(volume)}
              title={strings.ownRemove(volume)}
              disabled={disabled}
              onClick={() => onEdit({ persistence: { [volume]: null } })}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          )}
        </div>
      ))}
      {adding === undefined ? (
        <Button
          size="compact-xs"
          style={{ alignSelf: 'flex-start' }}
          disabled={disabled}
          leftSection={<IconPlus size={12} aria-hidden />}
          onClick={() => setAdding('')}
        >
          {strings.addVolume}
        </Button>
      ) : (
        <TextInput
          aria-label={strings.volume}
          placeholder="/data"
          value={adding}
          spellCheck={false}
          autoFocus
          onChange={(event) => setAdding(event.currentTarget.value)}
          onKeyDown={(event) => {
            const volume = adding.trim();
            if (event.key === 'Escape') setAdding(undefined);
            if (event.key !== 'Enter' || volume === '') return;
            setAdding(undefined);
            onEdit({ persistence: { [volume]: 'permanent' } });
          }}
          onBlur={() => {
            if (adding.trim() === '') setAdding(undefined);
          }}
        />
      )}
    </div>
  );
}

interface PersistenceFieldProps {
  readonly volume: string;
  readonly persistence: string;
  readonly disabled: boolean;
  readonly onSet: (persistence: string) => void;
}

function PersistenceField({ volume, persistence, disabled, onSet }: PersistenceFieldProps) {
  const [text, setText] = useState(persistence);
  const submit = () => {
    const next = text.trim();
    if (next === '') setText(persistence);
    else if (next !== persistence) onSet(next);
  };
  return (
    <TextInput
      aria-label={strings.persistenceOf(volume)}
      value={text}
      disabled={disabled}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') submit();
      }}
    />
  );
}
