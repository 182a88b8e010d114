import { Button, SegmentedControl } from '@mantine/core';
import type { CheckoutView } from '../../../../shared/contract/checkout.ts';
import { remoteStrings as strings } from '../../../strings/checkoutTabs.ts';
import { OriginFields } from '../origin/OriginFields.tsx';
import { PartsField } from '../origin/PartsField.tsx';
import classes from './remote.module.css';
import type { TakeParts } from './useTakeParts.ts';

/** Where from, which parts, and how they are taken. */
export function TakeForm({ view, take }: { view: CheckoutView; take: TakeParts }) {
  return (
    <form
      className={classes.section}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        take.preview();
      }}
    >
      <h2 className={classes.heading}>{strings.takeTitle}</h2>
      <p className={classes.dim}>{strings.takeText}</p>
      <OriginFields form={take.form} onChange={take.setForm} without={view.id} />
      <PartsField form={take.form} onChange={take.setForm} />
      <div>
        <SegmentedControl
          aria-label={strings.mode}
          value={take.mode}
          onChange={(next) => take.setMode(next === 'merge' ? 'merge' : 'get')}
          data={(['get', 'merge'] as const).map((value) => ({ value, label: strings.modes[value] }))}
        />
        <p className={classes.small}>{strings.modeHints[take.mode]}</p>
      </div>
      <div className={classes.buttons}>
        <Button type="submit" disabled={take.question === undefined} loading={take.planning}>
          {strings.preview}
        </Button>
      </div>
    </form>
  );
}
