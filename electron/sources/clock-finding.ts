import { TrailbossError } from '../../shared/contract/errors.ts';
import type { Finding } from './probe.ts';

/** Milliseconds beyond which a clock is doubtful: a certificate may not hold yet, or not any more, and sign-ins end at the wrong time. */
export const clockTolerance = 300_000;

/** @param ahead milliseconds that the other clock is ahead of this computer's @param whose "The device’s clock" */
export function clockFinding(ahead: number, whose: string, next: string): Finding {
  const found = clockWords(ahead);
  if (Math.abs(ahead) <= clockTolerance) return { state: 'ok', found };
  return {
    state: 'doubtful',
    found,
    problem: new TrailbossError('CLOCK_WRONG', {
      what: `${whose} is ${span(Math.abs(ahead))} ${ahead < 0 ? 'behind' : 'ahead of'} this computer’s.`,
      unchanged: 'Nothing was changed on either of them.',
      next,
    }),
  };
}

function clockWords(ahead: number): string {
  if (Math.abs(ahead) < 2000) return 'in step with this computer';
  return `${span(Math.abs(ahead))} ${ahead < 0 ? 'behind' : 'ahead of'} this computer`;
}

/** A length of time in the largest unit that still tells it well, rounded down. */
export function span(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  const days = Math.floor(hours / 24);
  return days < 730 ? `${days} days` : `${Math.floor(days / 365)} years`;
}
