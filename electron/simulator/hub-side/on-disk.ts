/** The hub side of a device that has a disk: who it is at the hub is kept there, and told where its containers look. */
import { join } from 'node:path';
import { z } from 'zod';
import { storageMeta } from '../board.ts';
import { readText, writeWhole } from '../disk.ts';
import type { DiskImage } from '../disk-image.ts';
import { readJson } from '../exchange.ts';
import type { Announcement, Board, HubConnection } from '../options.ts';
import type { CredentialStore, Credentials, HubHost } from './host.ts';
import { type HubSide, startHubSide } from './hub-side.ts';
import { addressOf } from './session.ts';

type OwnParts = 'userMeta' | 'deviceMeta' | 'freeBytes' | 'hint' | 'credentials';
type HubDevice = Omit<HubHost, OwnParts> & DiskImage & { readonly board: Board };

export type DeviceHub = HubSide & {
  announcement(): Announcement;
  settings(): Readonly<Record<string, string | number | boolean | null>>;
};

export function openDeviceHub(device: HubDevice, connection: HubConnection): DeviceHub {
  const credentials = storedCredentials(join(device.dir, 'hub.json'), connection);
  const side = startHubSide({
    connection,
    host: {
      ...device,
      credentials,
      freeBytes: () => freeBytes(device),
      hint: (name, text) => writeWhole(join(device.dir, 'run', name), text),
    },
  });
  const address = addressOf(connection.url);
  const colon = address.lastIndexOf(':');
  return {
    ...side,
    announcement() {
      const id = credentials.read()?.id;
      const challenge = side.challenge();
      return {
        pantahub: address,
        ...(id === undefined ? {} : { 'device-id': id }),
        ...(challenge === undefined ? {} : { challenge }),
      };
    },
    settings() {
      const known = credentials.read();
      return {
        'creds.host': address.slice(0, colon),
        'creds.port': Number(address.slice(colon + 1)),
        'creds.id': known?.id ?? null,
        'creds.prn': known?.prn ?? null,
        'creds.secret': known?.secret ?? null,
        'control.remote': true,
      };
    },
  };
}

function freeBytes({ board, objects }: HubDevice): number {
  const used = objects.list().reduce((sum, { bytes }) => sum + bytes, 0);
  const { real_free: free } = z.object({ real_free: z.number() }).parse(storageMeta(board, used));
  return free;
}

const credentialsSchema = z.object({ id: z.string(), prn: z.string(), secret: z.string(), claimed: z.boolean() });

function storedCredentials(file: string, { id, secret }: HubConnection): CredentialStore {
  let known: Credentials | undefined = readJson(credentialsSchema, readText(file));
  if (known?.id !== id && id !== undefined && secret !== undefined) {
    known = { id, prn: `prn:::devices:/${id}`, secret, claimed: true };
    writeWhole(file, JSON.stringify(known));
  }
  return {
    read: () => known,
    write(credentials) {
      known = credentials;
      writeWhole(file, JSON.stringify(credentials ?? null));
    },
  };
}
