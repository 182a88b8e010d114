import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { CheckoutId } from '../../../../shared/contract/ids.ts';
import { originStrings as strings } from '../../../strings/checkoutDialogs.ts';
import { placeOf } from '../../../ui/deviceSource.ts';
import { useFleet } from '../../fleet/useFleet.ts';
import { PathDialog } from '../picker/PathDialog.tsx';
import { useCheckouts } from '../useCheckout.ts';
import classes from './origin.module.css';
import { type OriginForm, originKinds } from './originForm.ts';

interface OriginFieldsProps {
  readonly form: OriginForm;
  readonly onChange: (form: OriginForm) => void;
  /** A checkout that can't be the origin, because it is the target. */
  readonly without?: CheckoutId;
}

/** Where a state comes from: a device that is known, an address as pvr takes it, an export, or another checkout. */
export function OriginFields({ form, onChange, without }: OriginFieldsProps) {
  const change = (part: Partial<OriginForm>) => onChange({ ...form, ...part });
  return (
    <div className={classes.fields}>
      <div>
        <span className={classes.label} id="origin-kind">
          {strings.from}
        </span>
        <SegmentedControl
          aria-labelledby="origin-kind"
          value={form.kind}
          onChange={(next) => {
            const kind = originKinds.find((one) => one === next);
            if (kind !== undefined) change({ kind });
          }}
          data={originKinds.map((value) => ({ value, label: strings.origins[value] }))}
        />
      </div>
      {form.kind === 'device' && (
        <div className={classes.row}>
          <DeviceSelect value={form.deviceId} onChange={(deviceId) => change({ deviceId })} label={strings.device} />
          <TextInput
            label={strings.revision}
            title={strings.revisionHint}
            placeholder="current"
            value={form.revision}
            spellCheck={false}
            onChange={(event) => change({ revision: event.currentTarget.value })}
          />
        </div>
      )}
      {form.kind === 'reference' && (
        <TextInput
          label={strings.reference}
          description={strings.referenceHint}
          placeholder={strings.referencePlaceholder}
          value={form.reference}
          spellCheck={false}
          onChange={(event) => change({ reference: event.currentTarget.value })}
        />
      )}
      {form.kind === 'export' && <ExportField value={form.path} onChange={(path) => change({ path })} />}
      {form.kind === 'checkout' && (
        <CheckoutSelect value={form.checkoutId} without={without} onChange={(checkoutId) => change({ checkoutId })} />
      )}
    </div>
  );
}

interface DeviceSelectProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly placeholder?: string;
}

/** One of the devices that are known. */
export function DeviceSelect({ label, value, onChange, placeholder = strings.devicePlaceholder }: DeviceSelectProps) {
  const devices = useFleet().data?.devices;
  const data = useMemo(
    () =>
      [...(devices?.values() ?? [])]
        .map((device) => ({
          value: String(device.id),
          label: [device.name, placeOf(device)].filter((part) => part !== '').join(' · '),
        }))
        .sort((a, b) => a.label.localeCompare(b.label)),
    [devices],
  );
  return (
    <Select
      allowDeselect={false}
      label={label}
      placeholder={placeholder}
      searchable
      limit={100}
      nothingFoundMessage={strings.noDevice}
      data={data}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

function CheckoutSelect({
  value,
  without,
  onChange,
}: {
  value: string;
  without: CheckoutId | undefined;
  onChange: (id: string) => void;
}) {
  const checkouts = useCheckouts().data ?? [];
  return (
    <Select
      allowDeselect={false}
      label={strings.checkout}
      placeholder={strings.checkoutPlaceholder}
      searchable
      nothingFoundMessage={strings.noCheckout}
      data={checkouts
        .filter(({ id }) => id !== without)
        .map(({ id, name, path }) => ({ value: String(id), label: `${name} · ${path}` }))}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
    />
  );
}

function ExportField({ value, onChange }: { value: string; onChange: (path: string) => void }) {
  const [choosing, setChoosing] = useState(false);
  return (
    <div className={classes.withButton}>
      <TextInput
        label={strings.exportFile}
        value={value}
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button onClick={() => setChoosing(true)}>{strings.choose}</Button>
      {choosing && (
        <PathDialog
          title={strings.chooseExport}
          confirm={strings.take}
          wanted="export"
          onChosen={(path) => {
            setChoosing(false);
            onChange(path);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </div>
  );
}
