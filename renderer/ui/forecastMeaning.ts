import type { SpokenForecast } from '../../shared/forecast/sentence.ts';
import type { Meaning } from './meaning.ts';

/** What a forecast amounts to: the strongest thing that will happen. */
export function meaningOfForecast(forecast: SpokenForecast): Meaning {
  switch (forecast.kind) {
    case 'refused':
      return 'refused';
    case 'crash':
      return 'crash';
    case 'move': {
      if (forecast.transition === 'reboot') return 'reboot';
      const touched = forecast.restarts.length + forecast.starts.length + forecast.stops.length;
      return touched > 0 ? 'restart' : 'none';
    }
  }
}
