import { z } from 'zod';
import { procedure } from './base.ts';
import { DeviceId } from './ids.ts';

/** The user-meta key that holds the public keys which may log in over SSH, one per line. */
export const authorizedKeysKey = 'pvr-sdk.authorized_keys';

/** Labels are user-meta keys with this prefix: `label.site` = `lab`. */
export const labelPrefix = 'label.';

/** Characters. U+FF2E stands for a dot in the hub's database, so a key may not have one. */
export const MetaKey = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((key) => !key.includes('\uFF2E') && !key.startsWith('$'), 'no U+FF2E in it and no $ at its start');

export const LabelName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/, 'letters, digits, _ . -');

/** A value of user-meta; null would be stored as null and not delete, so it is none. */
export const MetaValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.json()), z.record(z.string(), z.json())]);
export type MetaValue = z.infer<typeof MetaValue>;

const Target = z.object({ id: DeviceId });

/** Changes of user-meta keep what others wrote meanwhile. They go over the hub where the device is on one, else over SSH. */
export const metadataContract = {
  set: procedure.input(Target.extend({ key: MetaKey, value: MetaValue })).output(z.object({})),
  delete: procedure.input(Target.extend({ keys: z.array(z.string()).min(1) })).output(z.object({})),
  /** Replaces all labels of the device. */
  setLabels: procedure.input(Target.extend({ labels: z.record(LabelName, z.string().max(200)) })).output(z.object({})),
  /** Writes this computer's public key to `pvr-sdk.authorized_keys` beside those that are there. */
  enableSsh: procedure.input(Target).output(z.object({ added: z.boolean(), keys: z.number() })),
};
