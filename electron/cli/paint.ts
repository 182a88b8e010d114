/** Styles for a terminal, or none of them. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  bad(text: string): string;
  warn(text: string): string;
  good(text: string): string;
}

const style = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;
const plain = (text: string) => text;

export const colours: Paint = {
  bold: style(1, 22),
  dim: style(2, 22),
  bad: style(31, 39),
  warn: style(33, 39),
  good: style(32, 39),
};

export const noColours: Paint = { bold: plain, dim: plain, bad: plain, warn: plain, good: plain };

/** A text from a state as it may stand on a terminal: what would move the cursor, colour or turn the line around is written out. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

export function shortened(text: string, longest = 80): string {
  const shown = printable(text);
  return shown.length > longest ? `${shown.slice(0, longest - 1)}…` : shown;
}
