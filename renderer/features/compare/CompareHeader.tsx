import { ActionIcon, Select } from '@mantine/core';
import { IconArrowDown, IconArrowRight, IconArrowsExchange, IconArrowUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import type { DeviceId } from '../../../shared/contract/ids.ts';
import type { Forecast } from '../../../shared/forecast/index.ts';
import { paths } from '../../routes/paths.ts';
import { orpc, useLive } from '../../rpc.ts';
import { strings } from '../../strings/compare.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import classes from './compare.module.css';

interface CompareHeaderProps {
  readonly deviceId: DeviceId;
  readonly a: string;
  readonly b: string;
  readonly labels: { readonly a: string; readonly b: string };
  readonly running: string | undefined;
  readonly forecast: Forecast | undefined;
  readonly onStep: (by: 1 | -1) => void;
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Which two are compared, and in which direction. */
export function CompareHeader({ deviceId, a, b, labels, running, forecast, onStep }: CompareHeaderProps) {
  const [, navigate] = useLocation();
  const timeline = useLive(orpc.device.timeline, { id: deviceId }).data;
  const drafts = useLive(orpc.draft.list, { deviceId }).data;
  const go = (nextA: string, nextB: string) => navigate(paths.compare(deviceId, nextA, nextB), { replace: true });

  const revisions = (timeline?.revisions ?? []).map(
    ({ revision }): Choice => ({
      value: revision,
      label: revision === running ? strings.running(revision) : revision,
    }),
  );
  const draftChoices = (drafts ?? []).map(
    (draft): Choice => ({
      value: `draft:${draft.id}`,
      label: strings.draftOption(draft.base, draft.changes),
    }),
  );
  const asJson = useMemo(
    () => JSON.stringify({ from: labels.a, to: labels.b, forecast }, undefined, 2),
    [labels.a, labels.b, forecast],
  );
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>{strings.title}</h1>
      <SidePicker
        label={strings.from}
        value={a}
        shown={labels.a}
        revisions={revisions}
        drafts={draftChoices}
        onChange={(next) => go(next, b)}
      />
      <IconArrowRight size={16} aria-hidden />
      <SidePicker
        label={strings.to}
        value={b}
        shown={labels.b}
        revisions={revisions}
        drafts={draftChoices}
        onChange={(next) => go(a, next)}
      />
      <ActionIcon aria-label={strings.swap} title={strings.swap} onClick={() => go(b, a)}>
        <IconArrowsExchange size={16} aria-hidden />
      </ActionIcon>
      <span className={classes.spring} />
      <ActionIcon aria-label={strings.previous} title={strings.previous} onClick={() => onStep(-1)}>
        <IconArrowUp size={16} aria-hidden />
      </ActionIcon>
      <ActionIcon aria-label={strings.next} title={strings.next} onClick={() => onStep(1)}>
        <IconArrowDown size={16} aria-hidden />
      </ActionIcon>
      <CopyButton text={asJson} label={strings.copy} />
    </header>
  );
}

interface SidePickerProps {
  readonly label: string;
  readonly value: string;
  readonly shown: string;
  readonly revisions: readonly Choice[];
  readonly drafts: readonly Choice[];
  readonly onChange: (value: string) => void;
}

function SidePicker({ label, value, shown, revisions, drafts, onChange }: SidePickerProps) {
  const known = [...revisions, ...drafts].some((choice) => choice.value === value);
  return (
    <Select
      className={classes.picker ?? ''}
      aria-label={label}
      searchable
      allowDeselect={false}
      value={value}
      maxDropdownHeight={360}
      comboboxProps={{ width: 320, position: 'bottom-start' }}
      onChange={(next) => next !== null && next !== value && onChange(next)}
      data={[
        ...(known ? [] : [{ value, label: shown }]),
        { group: strings.revisionsGroup, items: [...revisions] },
        ...(drafts.length === 0 ? [] : [{ group: strings.draftsGroup, items: [...drafts] }]),
      ]}
    />
  );
}
