import { createInterface } from 'node:readline';

/** Calls back with each line of the standard input, and ends with who asks: nothing is left running behind a bench that was broken off. */
export function onAsked(answer: (line: string) => void): void {
  createInterface({ input: process.stdin })
    .on('line', answer)
    .on('close', () => process.exit());
}
