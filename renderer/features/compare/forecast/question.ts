import type { Forecast } from '../../../../shared/forecast/index.ts';

/** What the worker is asked: raw texts, as everywhere. */
export interface ForecastQuestion {
  readonly id: number;
  readonly running: string;
  readonly next: string;
  readonly sinceBoot: readonly string[];
}

export interface ForecastAnswer {
  readonly id: number;
  readonly forecast: Forecast;
}
