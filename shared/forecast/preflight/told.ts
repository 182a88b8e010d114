import type { PreflightFinding, PreflightSeverity } from '../preflight-types.ts';

/** A finding as the rules write it down: what it is not about, they leave out. */
export interface Told extends Omit<PreflightFinding, 'key' | 'pointer'> {
  readonly key?: string | undefined;
  readonly pointer?: string | undefined;
}

export function told(one: Told): PreflightFinding {
  const { key, pointer, ...rest } = one;
  return { ...rest, key, pointer };
}

const rank: Record<PreflightSeverity, number> = { refused: 0, fails: 1, notice: 2 };

/** Worst first; among equals, as they were found. */
export function worstFirst(findings: readonly PreflightFinding[]): readonly PreflightFinding[] {
  return [...findings].sort((one, other) => rank[one.severity] - rank[other.severity]);
}

/** A few of many names, as people list them. */
export function listed(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}

/** `1,234,567 B`: the device's own messages count bytes. */
export function bytes(count: number): string {
  return `${String(Math.round(count)).replace(/\B(?=(\d{3})+(?!\d))/g, ',')} B`;
}
