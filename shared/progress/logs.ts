import { z } from 'zod';

/** One line of the log that a device attaches to a failed update. */
export interface LogLine {
  /** Milliseconds by the device's own clock (since its boot, or since 1970 where it knows the time). */
  readonly atMs: number | undefined;
  readonly level: string | undefined;
  /** Who wrote it: `pantavisor` or a container. */
  readonly platform: string | undefined;
  readonly source: string | undefined;
  readonly text: string;
}

const Count = z
  .union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
  .optional()
  .catch(undefined);
const Label = z
  .union([z.string(), z.number().transform(String)])
  .optional()
  .catch(undefined);
const WireLine = z.object({ tsec: Count, tnano: Count, platform: Label, lvl: Label, src: Label, msg: z.string() });

/** Reads newline-joined JSON log lines. A line that is no such JSON is kept as its text; empty lines are dropped. */
export function parseLogs(logs: string): readonly LogLine[] {
  return logs.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseLine(line)]));
}

function parseLine(line: string): LogLine {
  const parsed = WireLine.safeParse(readJson(line));
  if (!parsed.success) return { atMs: undefined, level: undefined, platform: undefined, source: undefined, text: line };
  const { tsec, tnano, platform, lvl, src, msg } = parsed.data;
  const atMs = tsec === undefined ? undefined : tsec * 1000 + Math.floor((tnano ?? 0) / 1e6);
  return { atMs, level: lvl, platform, source: src, text: msg };
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
