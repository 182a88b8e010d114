import { z } from 'zod';
import { Count, OptionalText } from './wire-values.ts';

/**
 * An object's record with its signed addresses (hub: objects/objects-model.go). The size is a text, and again a number; `expire-time`
 * says "15" and means nothing. The addresses are secrets for a day: they stay in the room that uses them.
 */
export const ObjectReply = z
  .object({
    size: Count,
    sizeint: Count,
    objectname: OptionalText,
    'mime-type': OptionalText,
    'signed-puturl': OptionalText,
    'signed-geturl': OptionalText,
  })
  .transform((row) => ({
    size: row.sizeint || row.size || (row.sizeint ?? row.size),
    name: row.objectname,
    mimeType: row['mime-type'],
    putUrl: row['signed-puturl'],
    getUrl: row['signed-geturl'],
  }));

export type ObjectRecord = z.infer<typeof ObjectReply>;
