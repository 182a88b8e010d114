import type { FidelityEntry, FidelityOverview, FidelityResult } from '../../../shared/contract/fidelity.ts';

export const results = ['wrong', 'right', 'unobserved'] as const satisfies readonly FidelityResult[];

export function resultFrom(text: string | undefined | null): FidelityResult | undefined {
  return results.find((result) => result === text);
}

export function entriesOf(overview: FidelityOverview, result: FidelityResult | undefined): readonly FidelityEntry[] {
  return result === undefined ? overview.entries : overview.entries.filter((entry) => entry.result === result);
}

/** The lines of an update that were otherwise than forecast. */
export function missesOf({ lines }: Pick<FidelityEntry, 'lines'>): FidelityEntry['lines'] {
  return lines.filter(({ agrees }) => agrees === 'no');
}

/** How often a statement was right of how often it could be told, such as "92 %"; undefined where it never could. */
export function share({ right, wrong }: { readonly right: number; readonly wrong: number }): string | undefined {
  const seen = right + wrong;
  // Rounded down: all are right only where none was wrong.
  return seen === 0 ? undefined : `${Math.floor((right / seen) * 100)} %`;
}
