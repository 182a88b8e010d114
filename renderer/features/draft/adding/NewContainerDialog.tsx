import {
  Button,
  Code,
  FileButton,
  Group,
  Modal,
  Progress,
  SegmentedControl,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { useMemo, useState } from 'react';
import type { OwnPolicy } from '../../../../shared/state/containers.ts';
import { groupsOf } from '../../../../shared/state/groups.ts';
import { containerNameProblem, keptPathProblem } from '../../../../shared/state/new-container.ts';
import type { StateDocument } from '../../../../shared/state/state.ts';
import { strings } from '../../../strings/draft.ts';
import { DataSize } from '../../../ui/DataSize.tsx';
import { ProblemPanel } from '../../../ui/ProblemPanel.tsx';
import classes from '../draft.module.css';
import type { DraftEditing } from '../useDraft.ts';
import { useNewContainer } from './useNewContainer.ts';

interface NewContainerDialogProps {
  readonly next: StateDocument;
  readonly editing: DraftEditing;
  readonly onClose: () => void;
  readonly onAdded: (key: string) => void;
}

const words = strings.newContainer;
const inherit = 'inherit';

/** Makes a container: its name, how it restarts, and the root file system that the person brings. */
export function NewContainerDialog({ next, editing, onClose, onAdded }: NewContainerDialogProps) {
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'app' | 'volumes'>('app');
  const [policy, setPolicy] = useState<OwnPolicy>('inherit');
  const [init, setInit] = useState('/sbin/init');
  const [keep, setKeep] = useState('');
  const [root, setRoot] = useState<File | null>(null);
  const groups = useMemo(() => groupsOf(next).groups, [next]);
  // What is new is most often an application, and those restart alone.
  const usual = groups.findLast(({ restartPolicy }) => restartPolicy === 'container')?.name ?? inherit;
  const [group = usual, setGroup] = useState<string>();
  const adding = useNewContainer(editing);
  const paths = keep.split(/[\s,]+/).filter((path) => path !== '');
  const nameFault = containerNameProblem(next, name);
  const keepFault = paths.map(keptPathProblem).find((fault) => fault !== undefined);
  const initFault = kind === 'app' && !/^\/\S/.test(init) ? words.initFault : undefined;
  const busy = adding.sent !== undefined;
  const fault = nameFault ?? keepFault ?? initFault;
  const add = async () => {
    const made = { kind, name, group: group === inherit ? undefined : group, policy, init, keep: paths };
    if (!(await adding.add(made, root))) return;
    onClose();
    onAdded(`${name}/run.json`);
  };
  return (
    <Modal opened onClose={onClose} size={620} title={words.title} closeButtonProps={{ 'aria-label': strings.close }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined && !busy) void add();
        }}
      >
        <Stack gap="md">
          <TextInput
            label={words.name}
            description={words.nameHint}
            value={name}
            error={name === '' ? undefined : nameFault}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <div>
            <SegmentedControl
              aria-label={words.kind}
              value={kind}
              onChange={(value) => setKind(value === 'volumes' ? 'volumes' : 'app')}
              data={[
                { value: 'app', label: words.app },
                { value: 'volumes', label: words.volumes },
              ]}
            />
            <Text className={classes.dim}>{words.kindHint[kind]}</Text>
          </div>
          <Group gap="md" align="flex-start" grow>
            <Select
              label={words.group}
              description={words.groupHint}
              value={group}
              allowDeselect={false}
              onChange={(value) => setGroup(value ?? inherit)}
              data={[
                { value: inherit, label: words.noGroup },
                ...groups.map((one) => ({ value: one.name, label: words.groupIs(one.name, one.restartPolicy) })),
              ]}
            />
            <Select
              label={strings.policy}
              description={words.policyHint}
              value={policy}
              allowDeselect={false}
              onChange={(value) => setPolicy(value === 'system' || value === 'container' ? value : 'inherit')}
              data={[
                { value: 'inherit', label: strings.inherit },
                { value: 'container', label: strings.policyContainer },
                { value: 'system', label: strings.policySystem },
              ]}
            />
          </Group>
          {kind === 'app' && (
            <TextInput
              label={words.init}
              description={words.initHint}
              value={init}
              error={initFault}
              onChange={(event) => setInit(event.currentTarget.value)}
            />
          )}
          {kind === 'app' && (
            <TextInput
              label={words.keep}
              description={words.keepHint}
              placeholder="/var/lib/app, /etc/app"
              value={keep}
              error={keepFault}
              onChange={(event) => setKeep(event.currentTarget.value)}
            />
          )}
          <div>
            <Group gap="sm">
              <FileButton onChange={setRoot}>{(props) => <Button {...props}>{words.chooseRoot}</Button>}</FileButton>
              {root === null ? (
                <span className={classes.dim}>{words.noRoot}</span>
              ) : (
                <span>
                  <Code>{root.name}</Code> <DataSize bytes={root.size} />
                </span>
              )}
            </Group>
          </div>
          {busy && root !== null && (
            <Progress aria-label={strings.sentBytes} value={(100 * (adding.sent ?? 0)) / Math.max(1, root.size)} color="gray" />
          )}
          {adding.problem !== undefined && <ProblemPanel problem={adding.problem} />}
          <Group justify="flex-end" gap="sm">
            <Button onClick={onClose}>{strings.cancel}</Button>
            <Button type="submit" variant="filled" disabled={fault !== undefined} loading={busy}>
              {words.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
