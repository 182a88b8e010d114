import type { Quota } from '../../../shared/contract/hub.ts';
import { strings } from '../../strings/hub.ts';

/** Words of the hub for things that are counted one by one (hub: dash/service.go). */
const counted = new Set(['Piece', '']);

function amount(value: number): string {
  if (value > 0 && value < 0.01) return '< 0.01';
  return String(Math.round(value * 100) / 100);
}

export interface QuotaText {
  readonly name: string;
  readonly text: string;
  /** The part that is used, from 0 to 1. */
  readonly share: number;
  /** Nine tenths are used: soon it will not allow more. */
  readonly tight: boolean;
}

/** A quota as a bar shows it, in the hub's own unit; undefined for one without a limit, such as the billing period. */
function quotaText({ name, used, max, unit }: Quota): QuotaText | undefined {
  if (!(max > 0)) return undefined;
  const share = Math.min(1, Math.max(0, used / max));
  return {
    name: strings.quotaNames[name.toUpperCase()] ?? name,
    text: strings.quotaOf(amount(used), counted.has(unit) ? amount(max) : `${amount(max)} ${unit}`),
    share,
    tight: share >= 0.9,
  };
}

const order = Object.keys(strings.quotaNames);

/** The quotas that have a limit: those that people look for first, then others as the hub names them. */
export function quotaTexts(quotas: readonly Quota[]): readonly QuotaText[] {
  const rank = ({ name }: Quota) => {
    const place = order.indexOf(name.toUpperCase());
    return place === -1 ? order.length : place;
  };
  return quotas.toSorted((a, b) => rank(a) - rank(b)).flatMap((quota) => quotaText(quota) ?? []);
}
