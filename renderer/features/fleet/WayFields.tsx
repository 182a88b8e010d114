import { Checkbox, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { longestKeyPath, longestSshUser } from '../../../shared/contract/connection.ts';
import { orpc } from '../../rpc.ts';
import { dialogStrings as strings } from '../../strings/fleet.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import type { DeviceForm, FormErrors } from './deviceForm.ts';
import classes from './WayFields.module.css';

interface WayFieldsProps {
  readonly form: DeviceForm;
  readonly errors: FormErrors;
  readonly onChange: (part: Partial<DeviceForm>) => void;
}

/** Which ways are tried, on which ports, as whom and with which key. */
export function WayFields({ form, errors, onChange }: WayFieldsProps) {
  const isAuth = (kind: string): kind is DeviceForm['auth'] => ['own-key', 'agent', 'key-file'].includes(kind);
  return (
    <div className={classes.fields}>
      {errors.ways !== undefined && <p className={classes.error}>{errors.ways}</p>}
      <div className={classes.way}>
        <Checkbox
          label={strings.http}
          checked={form.http}
          onChange={(event) => onChange({ http: event.currentTarget.checked })}
        />
        <TextInput
          label={strings.port}
          aria-label={`${strings.http}: ${strings.port}`}
          value={form.httpPort}
          disabled={!form.http}
          error={errors.httpPort}
          inputMode="numeric"
          onChange={(event) => onChange({ httpPort: event.currentTarget.value })}
        />
      </div>
      <div className={classes.way}>
        <Checkbox label={strings.ssh} checked={form.ssh} onChange={(event) => onChange({ ssh: event.currentTarget.checked })} />
        <TextInput
          label={strings.port}
          aria-label={`${strings.ssh}: ${strings.port}`}
          value={form.sshPort}
          disabled={!form.ssh}
          error={errors.sshPort}
          inputMode="numeric"
          onChange={(event) => onChange({ sshPort: event.currentTarget.value })}
        />
        <TextInput
          label={strings.user}
          value={form.sshUser}
          maxLength={longestSshUser}
          disabled={!form.ssh}
          error={errors.sshUser}
          spellCheck={false}
          onChange={(event) => onChange({ sshUser: event.currentTarget.value })}
        />
      </div>
      {form.ssh && (
        <>
          <Text size="xs" c="dimmed">
            {strings.userHelp}
          </Text>
          <Radio.Group
            label={strings.key}
            value={form.auth}
            onChange={(kind) => {
              if (isAuth(kind)) onChange({ auth: kind });
            }}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="own-key" label={strings.ownKey} />
              {form.auth === 'own-key' && <OwnKey />}
              <Radio value="agent" label={strings.agent} />
              {form.auth === 'agent' && <AgentKeys />}
              <Radio value="key-file" label={strings.file} />
              {form.auth === 'key-file' && (
                <TextInput
                  className={classes.inset ?? ''}
                  aria-label={strings.filePath}
                  placeholder={strings.filePlaceholder}
                  value={form.keyFile}
                  maxLength={longestKeyPath}
                  error={errors.keyFile}
                  spellCheck={false}
                  onChange={(event) => onChange({ keyFile: event.currentTarget.value })}
                />
              )}
            </Stack>
          </Radio.Group>
        </>
      )}
    </div>
  );
}

function OwnKey() {
  const { data } = useQuery(orpc.settings.ownKey.queryOptions());
  return (
    <div className={classes.inset}>
      <Text size="xs" c="dimmed">
        {strings.ownKeyHelp}
      </Text>
      <Group gap="xs" wrap="nowrap" mih={24}>
        <code className={classes.key} title={data?.publicKey}>
          {data?.publicKey}
        </code>
        {data !== undefined && <CopyButton text={data.publicKey} label={strings.copyKey} />}
      </Group>
    </div>
  );
}

function AgentKeys() {
  const { data } = useQuery(orpc.settings.agentKeys.queryOptions());
  return (
    <Text className={classes.inset ?? ''} size="xs" c="dimmed" mih={16}>
      {data !== undefined && (data.available ? strings.agentKeys(data.keys) : strings.agentNone)}
    </Text>
  );
}
