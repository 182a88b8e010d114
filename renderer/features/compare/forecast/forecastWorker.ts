import { forecast } from '../../../../shared/forecast/index.ts';
import type { ForecastAnswer, ForecastQuestion } from './question.ts';

/// Forecasts large states off the thread that draws, one question after the other.
self.addEventListener('message', (event: MessageEvent<ForecastQuestion>) => {
  const { id, running, next, sinceBoot } = event.data;
  const answer: ForecastAnswer = { id, forecast: forecast(running, next, { sinceBoot }) };
  self.postMessage(answer);
});
