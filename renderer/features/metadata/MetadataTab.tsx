import { useMemo } from 'react';
import type { DeviceDetail } from '../../../shared/contract/device.ts';
import { strings } from '../../strings/metadata.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MissingWay } from '../device/MissingWay.tsx';
import { whyNot } from '../device/reasons.ts';
import { DeviceMetaPage } from './DeviceMetaPage.tsx';
import { reachableAddresses, readDeviceMeta } from './deviceMeta.ts';
import { EnableSsh } from './EnableSsh.tsx';
import { LabelsEditor } from './LabelsEditor.tsx';
import classes from './metadata.module.css';
import { UserMetaTable } from './UserMetaTable.tsx';

/** What the device tells of itself, and what it is told. */
export function MetadataTab({ detail }: { detail: DeviceDetail }) {
  const { summary, deviceMeta, userMeta, globalMeta } = detail;
  const facts = useMemo(() => (deviceMeta === undefined ? undefined : readDeviceMeta(deviceMeta)), [deviceMeta]);
  if (deviceMeta === undefined && userMeta === undefined) {
    return detail.capabilities.readMetadata ? (
      <EmptyState sentence={strings.notYet} />
    ) : (
      <MissingWay device={summary} name="ssh" lead={strings.noMetadata} />
    );
  }
  const reason = whyNot(detail, 'writeUserMeta');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to be able to
    <section className={classes.tab} tabIndex={0} aria-label={strings.deviceMeta}>
      <div className={classes.columns}>
        <div className={classes.column}>
          <h2 className={classes.title}>{strings.deviceMeta}</h2>
          {facts === undefined ? <p className={classes.dim}>{strings.notYet}</p> : <DeviceMetaPage facts={facts} />}
        </div>
        <div className={classes.column}>
          <h2 className={classes.title}>{strings.userMeta}</h2>
          <LabelsEditor id={summary.id} labels={summary.labels} reason={reason} />
          <UserMetaTable id={summary.id} own={userMeta ?? {}} account={globalMeta ?? {}} reason={reason} />
          <EnableSsh
            device={summary}
            authorized={userMeta}
            addresses={facts === undefined ? [] : reachableAddresses(facts.interfaces)}
            reason={reason}
          />
        </div>
      </div>
    </section>
  );
}
