import { z } from 'zod';
import type { HubDeviceId } from '../../../shared/contract/hub.ts';
import { withDots } from './dots.ts';
import type { HubDevice, HubSummary } from './hub.ts';
import { Count, deviceIdIn, Flag, Instant, Meta, OptionalText, Text } from './wire-values.ts';

/*
 * Devices as the hub sends them (hub: devices/service.go, Device). The secret and the challenge are in several of its answers; they are
 * no part of these schemas, so they go no further than this.
 */

const DeviceRow = z
  .object({
    id: z.string(),
    nick: Text,
    owner: Text,
    public: Flag,
    garbage: Flag,
    'user-meta': Meta,
    'device-meta': Meta,
    'time-created': Instant,
    'time-modified': Instant,
  })
  .transform((row, context): HubDevice => {
    const id = deviceIdIn(row.id);
    if (id === undefined) {
      context.addIssue({ code: 'custom', message: 'no device id' });
      return z.NEVER;
    }
    return {
      id,
      nick: row.nick,
      owner: row.owner,
      public: row.public,
      garbage: row.garbage,
      userMeta: withDots(row['user-meta']),
      deviceMeta: withDots(row['device-meta']),
      createdAt: row['time-created'],
      modifiedAt: row['time-modified'],
    };
  });

export const HubDeviceReply: z.ZodType<HubDevice, unknown> = DeviceRow;

export function readDevice(row: unknown): HubDevice | undefined {
  const parsed = DeviceRow.safeParse(row);
  return parsed.success ? parsed.data : undefined;
}

const SummaryRow = z.object({
  deviceid: Text,
  device: Text,
  revision: Count,
  'progress-revision': Count,
  status: OptionalText,
  'status-msg': OptionalText,
  timestamp: Instant,
  'trail-touched-time': Instant,
});

export function readSummary(row: unknown): HubSummary | undefined {
  const parsed = SummaryRow.safeParse(row);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const deviceId: HubDeviceId | undefined = deviceIdIn(data.deviceid) ?? deviceIdIn(data.device);
  if (deviceId === undefined) return undefined;
  return {
    deviceId,
    revision: data.revision,
    progressRevision: data['progress-revision'],
    status: data.status,
    statusMessage: data['status-msg'],
    touchedAt: data['trail-touched-time'] ?? data.timestamp,
  };
}
