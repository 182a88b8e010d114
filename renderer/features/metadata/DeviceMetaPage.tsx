import type { ReactNode } from 'react';
import { strings } from '../../strings/metadata.ts';
import { exactTime, shortSpan } from '../../ui/age.ts';
import { dataSize } from '../../ui/dataSize.ts';
import { Facts } from '../../ui/Facts.tsx';
import type { DeviceFacts, NetworkInterface } from './deviceMeta.ts';
import { MetaValueView } from './MetaValueView.tsx';
import classes from './metadata.module.css';
import { StorageBar } from './StorageBar.tsx';

/** Device metadata as a page to read; what is not understood stands at the end as it came. */
export function DeviceMetaPage({ facts }: { facts: DeviceFacts }) {
  const { storage, interfaces, memory, clock, uptime, hub, rest } = facts;
  return (
    <>
      {storage !== undefined && (
        <Block title={strings.storage}>
          <StorageBar storage={storage} />
        </Block>
      )}
      <Block title={strings.system}>
        <Facts
          facts={[
            { name: strings.version, value: facts.version },
            { name: strings.model, value: facts.model },
            { name: strings.arch, value: facts.arch },
            { name: strings.kernel, value: facts.kernel },
            { name: strings.revision, value: facts.revision !== undefined && <code>{facts.revision}</code> },
            { name: strings.mode, value: facts.mode },
            { name: strings.status, value: facts.status },
            {
              name: strings.memory,
              value: memory !== undefined && strings.memoryOf(dataSize(memory.free), dataSize(memory.total)),
            },
            { name: strings.uptime, value: uptime !== undefined && `${shortSpan(uptime * 1000)}, ${strings.whenTold}` },
            {
              name: strings.clock,
              value:
                clock !== undefined &&
                (new Date(clock).getUTCFullYear() < 2000 ? strings.clockNotSet : `${exactTime(clock)}, ${strings.whenTold}`),
            },
          ]}
        />
      </Block>
      {interfaces.length > 0 && (
        <Block title={strings.network}>
          <Facts facts={interfaces.map((one) => ({ name: one.name, value: <Addresses of={one} /> }))} />
        </Block>
      )}
      {Object.keys(hub).length > 0 && (
        <Block title={strings.hub}>
          <Facts
            facts={[
              { name: strings.hubAddress, value: hub.address },
              { name: strings.claimed, value: yesNo(hub.claimed) },
              { name: strings.online, value: yesNo(hub.online) },
              { name: strings.hubState, value: hub.state },
            ]}
          />
        </Block>
      )}
      {rest.length > 0 && (
        <Block title={strings.rest}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{strings.key}</th>
                <th scope="col">{strings.value}</th>
              </tr>
            </thead>
            <tbody>
              {rest.map(([key, value]) => (
                <tr key={key}>
                  <th scope="row">
                    <code>{key}</code>
                  </th>
                  <td>
                    <MetaValueView name={key} value={value} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Block>
      )}
    </>
  );
}

/** Pantavisor writes a flag as 1 or 0 (pantahub.c); anything else stands as it came. */
function yesNo(flag: string | undefined): string | undefined {
  return flag === '1' ? strings.yes : flag === '0' ? strings.no : flag;
}

function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.block} aria-label={title}>
      <h3 className={classes.blockTitle}>{title}</h3>
      {children}
    </section>
  );
}

function Addresses({ of: { ipv4, ipv6, mac } }: { of: NetworkInterface }) {
  const addresses = [...ipv4, ...ipv6];
  return (
    <span className={classes.addresses}>
      {addresses.length === 0 && <span className={classes.dim}>{strings.noAddress}</span>}
      {addresses.map((address) => (
        <code key={address}>{address}</code>
      ))}
      {mac.map((address) => (
        <code key={address} className={classes.dim}>
          {address}
        </code>
      ))}
    </span>
  );
}
