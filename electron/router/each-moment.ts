import type { Audience } from '../fleet/audience.ts';
import type { Listen } from './live.ts';

/** So many times more rarely while nobody can see it. */
const unseen = 30;

/** Calls back at an interval, in milliseconds, for what nobody announces: rarely while nobody looks, and at once when somebody comes. */
export function eachMoment(audience: Audience, every: number): Listen<undefined> {
  return (push) => {
    let timer: NodeJS.Timeout;
    const start = () => {
      timer = setInterval(() => push(undefined), audience.isLooking ? every : every * unseen);
    };
    start();
    const stopListening = audience.changes.add(() => {
      clearInterval(timer);
      start();
      if (audience.isLooking) push(undefined);
    });
    return () => {
      stopListening();
      clearInterval(timer);
    };
  };
}
