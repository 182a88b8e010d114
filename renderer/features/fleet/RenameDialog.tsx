import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DeviceSummary, HubPlace } from '../../../shared/contract/fleet.ts';
import { HubNick } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';
import { dialogStrings, hubDeviceStrings as strings } from '../../strings/fleet.ts';
import { ProblemPanel } from '../../ui/ProblemPanel.tsx';

interface RenameDialogProps {
  readonly device: DeviceSummary;
  readonly hub: HubPlace;
  readonly onClose: () => void;
}

/** Gives a device another nick on its hub. */
export function RenameDialog({ device, hub, onClose }: RenameDialogProps) {
  const [nick, setNick] = useState(hub.nick);
  const [checked, setChecked] = useState(false);
  const rename = useMutation(orpc.hub.rename.mutationOptions({ onSuccess: onClose }));
  const wrong = !HubNick.safeParse(nick.trim()).success;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (nick.trim() === hub.nick) onClose();
    else if (!wrong) rename.mutate({ id: device.id, nick: nick.trim() });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={440}
      title={strings.renameTitle(device.name)}
      closeButtonProps={{ 'aria-label': dialogStrings.cancel }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={strings.nick}
            description={strings.nickText(hub.account)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={nick}
            error={checked && wrong ? strings.nickWrong : undefined}
            autoComplete="off"
            spellCheck={false}
            data-autofocus
            onChange={(event) => {
              setNick(event.currentTarget.value);
              rename.reset();
            }}
          />
          {rename.error !== null && <ProblemPanel problem={problemOf(rename.error)} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{dialogStrings.cancel}</Button>
            <Button type="submit" variant="filled" loading={rename.isPending}>
              {strings.rename}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
