/** User and device metadata: flat documents of texts or JSON, kept as one file each. */
import { z } from 'zod';
import { readText, writeWhole } from './disk.ts';

export type MetaValue = z.infer<ReturnType<typeof z.json>>;
export type Metadata = Readonly<Record<string, MetaValue>>;

const metadataSchema = z.record(z.string(), z.json());

export interface MetadataFile {
  read(): Metadata;
  get(key: string): MetaValue | undefined;
  set(key: string, value: MetaValue): void;
  /** Puts others in place of all; writes nothing where they are the same. */
  replace(entries: Metadata): void;
  /** False where there was no such key. */
  remove(key: string): boolean;
}

/** A value of this many bytes is refused, with a message about disk space (ctrl_usrmeta_ep.c). */
export const LARGEST_VALUE = 8000;

/** @param file read once; written on every change. */
export function openMetadata(file: string): MetadataFile {
  const text = readText(file);
  let entries: Metadata = text === undefined ? {} : metadataSchema.parse(JSON.parse(text));

  function write(next: Metadata): void {
    entries = next;
    writeWhole(file, JSON.stringify(next));
  }

  return {
    read: () => entries,
    get: (key) => entries[key],
    set(key, value) {
      // The device puts what was written last in front.
      const { [key]: _old, ...rest } = entries;
      write({ [key]: value, ...rest });
    },
    replace(next) {
      if (JSON.stringify(next) !== JSON.stringify(entries)) write(next);
    },
    remove(key) {
      if (!(key in entries)) return false;
      const { [key]: _old, ...rest } = entries;
      write(rest);
      return true;
    },
  };
}

/** What the device makes of a value that was sent: JSON objects and lists stay JSON, everything else is a text. */
export function metaValueOf(text: string): MetaValue {
  if (!/^\s*[{[]/.test(text)) return text;
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    return text;
  }
}
