import type { z } from 'zod';
import { forecast } from '../../shared/forecast/index.ts';
import { type Answer, type CommandInput, readAll } from './answer.ts';
import { exitCodeOf } from './exit-codes.ts';
import type { ForecastOutput } from './schema.ts';
import { conditionsOf, forecastLines, forecastPart, stateOutput } from './told-forecast.ts';

/** `trailboss forecast RUNNING NEXT`. */
export async function forecastAnswer({ states, options, ports }: CommandInput): Promise<Answer> {
  const [[running, next], sinceBoot] = [await readAll(states, ports), await readAll(options.sinceBoot, ports)];
  if (running === undefined || next === undefined) throw new Error('the command line has two states');
  const told = forecast(running.text, next.text, { sinceBoot: sinceBoot.map(({ text }) => text) });
  const exitCode = exitCodeOf(new Set(conditionsOf(told)), options.failOn);
  const json: z.infer<typeof ForecastOutput> = {
    schema: 'trailboss.forecast/1',
    exitCode,
    running: stateOutput(running),
    next: stateOutput(next),
    sinceBoot: sinceBoot.map(stateOutput),
    ...forecastPart(told),
  };
  return { exitCode, json, lines: (paint) => forecastLines(told, paint) };
}
