import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Rectangle } from 'electron';
import { z } from 'zod';

const coordinate = z.number().int().min(-100_000).max(100_000);
const size = z.number().int().min(1).max(100_000);
const schema = z.object({
  bounds: z.object({ x: coordinate, y: coordinate, width: size, height: size }),
  maximized: z.boolean(),
});
export type WindowState = z.infer<typeof schema>;

/** Where a window opens: without a position the system chooses one. */
export interface WindowPlace {
  readonly bounds: { readonly width: number; readonly height: number; readonly x?: number; readonly y?: number };
  readonly maximized: boolean;
}

const usual = { width: 1440, height: 900 };
export const smallest = { width: 800, height: 500 };
/** So much of the top edge has to be on a display, in pixels, for a person to get hold of the window. */
const grip = 80;

/**
 * The place for a window that was last seen at `state`: kept only if a display still shows it, and no larger than that.
 * @param workAreas of the displays, the primary one first
 */
export function placeWindow(state: WindowState | undefined, workAreas: readonly Rectangle[]): WindowPlace {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...usual };
  if (state === undefined) return { bounds: fitted(usual, primary), maximized: false };
  const area = workAreas.find((candidate) => canBeGripped(state.bounds, candidate));
  if (area === undefined) return { bounds: fitted(state.bounds, primary), maximized: state.maximized };
  const bounds = { ...state.bounds, ...fitted(state.bounds, area) };
  // A window that became smaller to fit may have left the display.
  const x = canBeGripped(bounds, area) ? bounds.x : area.x;
  return { bounds: { ...bounds, x }, maximized: state.maximized };
}

function fitted(wanted: { readonly width: number; readonly height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.max(smallest.width, Math.min(wanted.width, area.width)),
    height: Math.max(smallest.height, Math.min(wanted.height, area.height)),
  };
}

function canBeGripped(bounds: Rectangle, area: Rectangle): boolean {
  const shown = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  return shown >= grip && bounds.y >= area.y && bounds.y <= area.y + area.height - grip;
}

/** What was kept; undefined when there is nothing, or when it can't be read. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A window's place is worth no error: where it can't be kept, it is not. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    return;
  }
}
