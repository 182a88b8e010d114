import type { ActivityFilter, ActivityKind, ActivityResult } from '../../../shared/contract/settings.ts';

export const periods = ['all', 'today', 'week', 'month'] as const;
export type Period = (typeof periods)[number];

/** What the person chose to see. */
export interface ChosenFilters {
  readonly text: string;
  readonly deviceId: string | null;
  readonly user: string | null;
  readonly kind: ActivityKind | null;
  readonly result: ActivityResult | null;
  readonly period: Period;
}

export const everything: ChosenFilters = { text: '', deviceId: null, user: null, kind: null, result: null, period: 'all' };

const days: { readonly [P in Period]: number | undefined } = { all: undefined, today: 0, week: 6, month: 29 };

/** The same as the backend is asked for it. A period begins with its first day, so that it is the same all day long. */
export function filterOf(chosen: ChosenFilters, now: number): ActivityFilter {
  const back = days[chosen.period];
  return {
    ...(chosen.text.trim() !== '' && { text: chosen.text.trim() }),
    ...(chosen.deviceId !== null && { deviceId: chosen.deviceId }),
    ...(chosen.user !== null && { user: chosen.user }),
    ...(chosen.kind !== null && { kind: chosen.kind }),
    ...(chosen.result !== null && { result: chosen.result }),
    ...(back !== undefined && { from: startOfDay(now, back) }),
  };
}

function startOfDay(now: number, daysBack: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - daysBack);
  return day.getTime();
}
