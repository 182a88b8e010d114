import { Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { strings } from '../../strings/metadata.ts';
import { strings as uiStrings } from '../../strings/ui.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';
import classes from './metadata.module.css';
import { keyFault, kindOf, type MetaRow, typedValue, type ValueKind, valueText } from './userMeta.ts';

interface MetaDialogProps {
  readonly id: DeviceId;
  readonly own: Readonly<Record<string, unknown>>;
  /** The key to change; without one, a key is added. */
  readonly row?: MetaRow;
  readonly onClose: () => void;
}

/** Adds a key or changes its value, as a text or as JSON. */
export function MetaDialog({ id, own, row, onClose }: MetaDialogProps) {
  const [key, setKey] = useState(row?.key ?? '');
  const [kind, setKind] = useState<ValueKind>(row === undefined ? 'text' : kindOf(row.value));
  const [text, setText] = useState(row === undefined ? '' : valueText(row.value));
  const [checked, setChecked] = useState(false);
  const set = useMutation(orpc.metadata.set.mutationOptions({ onSuccess: onClose }));
  const fault = row === undefined ? keyFault(key, own) : undefined;
  const value = typedValue(kind, text);
  const submit = () => {
    setChecked(true);
    if (fault === undefined && value.ok) set.mutate({ id, key: key.trim(), value: value.value });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={
        row === undefined
          ? strings.addTitle
          : row.from === 'account'
            ? strings.overrideTitle(row.key)
            : strings.changeTitle(row.key)
      }
      closeButtonProps={{ 'aria-label': uiStrings.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {row === undefined && (
            <TextInput
              label={strings.key}
              classNames={{ input: classes.mono ?? '' }}
              value={key}
              data-autofocus
              error={
                fault !== undefined && (checked || fault === 'taken' || fault === 'label') ? strings.keyFaults[fault] : undefined
              }
              onChange={(event) => setKey(event.currentTarget.value)}
            />
          )}
          <SegmentedControl
            style={{ alignSelf: 'flex-start' }}
            aria-label={strings.kind}
            value={kind}
            onChange={(next) => setKind(next === 'json' ? 'json' : 'text')}
            data={[
              { value: 'text', label: strings.kinds.text },
              { value: 'json', label: strings.kinds.json },
            ]}
          />
          <Textarea
            label={strings.value}
            classNames={{ input: classes.mono ?? '' }}
            autosize
            minRows={3}
            maxRows={16}
            value={text}
            {...(row === undefined ? {} : { 'data-autofocus': true })}
            error={!value.ok && (checked || value.reason === 'null') ? strings.faults[value.reason] : undefined}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
            }}
          />
          {set.error !== null && <ProblemPanel problem={problemOf(set.error)} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled" loading={set.isPending}>
              {row === undefined ? strings.addConfirm : strings.changeConfirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
