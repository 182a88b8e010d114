import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Pixels. */
export const usualFontSize = 13;
const smallest = 8;
const largest = 32;

interface TerminalSettings {
  readonly fontSize: number;
  /** The screen's text stands in the page too, so that a screen reader reads it. It costs speed. */
  readonly screenReader: boolean;
  readonly copyOnSelect: boolean;
  /** Asks before a text of several lines is pasted. */
  readonly askBeforePaste: boolean;
}

/** How the person likes terminals, kept over restarts. */
export const useTerminalSettings = create<TerminalSettings>()(
  persist((): TerminalSettings => ({ fontSize: usualFontSize, screenReader: false, copyOnSelect: false, askBeforePaste: true }), {
    name: 'trailboss:terminal',
  }),
);

export function changeSettings(change: Partial<TerminalSettings>): void {
  useTerminalSettings.setState(change);
}

/** Makes the text larger or smaller by so many pixels. */
export function changeFontSize(by: number): void {
  const { fontSize } = useTerminalSettings.getState();
  useTerminalSettings.setState({ fontSize: Math.max(smallest, Math.min(largest, fontSize + by)) });
}
