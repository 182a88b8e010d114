import type { SeriesItem } from '../../../shared/contract/series.ts';
import type { ForecastRecord } from '../../../shared/contract/update.ts';
import type { SpokenForecast } from '../../../shared/forecast/sentence.ts';
import { strings } from '../../strings/series.ts';
import { meaningOfForecast } from '../../ui/forecastMeaning.ts';
import type { Meaning } from '../../ui/meaning.ts';

const words = strings.short;
const mostNames = 2;

/** A forecast in two or three words, for a cell of a table. */
export function shortForecast(forecast: ForecastRecord): { readonly meaning: Meaning; readonly text: string } {
  const meaning = meaningOfForecast(spoken(forecast, []));
  switch (meaning) {
    case 'refused':
      return { meaning, text: words.refused };
    case 'crash':
      return { meaning, text: words.crash };
    case 'reboot':
      return { meaning, text: words.reboot };
    case 'restart':
      return { meaning, text: touched(forecast) };
    default:
      return { meaning, text: words.none };
  }
}

/** What was kept of a forecast, as the sentence takes it. */
export function spoken(forecast: ForecastRecord, keys: SeriesItem['keys']): SpokenForecast {
  if (forecast.kind !== 'move') return forecast;
  const { reasons, ...move } = forecast;
  const effect = forecast.transition === 'reboot' ? 'reboot' : 'restart';
  const because = new Map(reasons.map(({ key }) => [key, effect] as const));
  const changes = [...new Set([...keys, ...because.keys()])].map((key) => ({
    key,
    effect: because.get(key) ?? ('none' as const),
  }));
  return { ...move, changes };
}

function touched(forecast: ForecastRecord): string {
  if (forecast.kind !== 'move') return '';
  const names = forecast.restarts;
  const others = [...(forecast.starts.length > 0 ? [words.starts] : []), ...(forecast.stops.length > 0 ? [words.stops] : [])];
  if (names.length === 0) {
    const moved = [...forecast.starts, ...forecast.stops];
    return `${others.join(', ')} ${listed(moved)}`;
  }
  return words.restarts(listed(names));
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, mostNames).join(', ');
  return names.length > mostNames ? words.more(shown, names.length - mostNames) : shown;
}
