/** What busy containers print: numbered lines on their consoles, and some in Pantavisor's own log. */
import type { Life } from './life/model.ts';
import type { DeviceLogs } from './logs.ts';

/** Milliseconds between two writes; each writes what is due since the last one. */
const WRITE_MS = 50;
/** More than this is not made up for after a pause of this process. */
const MOST_AT_ONCE = 5000;
/** A quicker one writes to one container's console mostly, as a container that went wild does. */
const WILD = 100;

const SAYINGS: readonly (readonly [string, string])[] = [
  ['INFO', 'GET /api/state answered in 12 ms'],
  ['INFO', 'sensor/3 temperature 21.4 humidity 48'],
  ['DEBUG', 'cache hit for /api/state, 312 bytes'],
  ['INFO', 'published 14 values to broker at 10.0.3.1'],
  ['DEBUG', 'poll of /dev/ttyUSB0 took 3 ms'],
  ['WARN', 'sensor/7 did not answer within 200 ms, trying again'],
  ['INFO', 'session 4f21 opened by anna'],
  ['DEBUG', 'queue holds 3 of 512 messages'],
  ['INFO', 'GET /metrics answered in 4 ms'],
  ['ERROR', 'write to /var/lib/history failed: no space left on device'],
];

/** Begins to write so many lines per real second while the device is on; gives back how to stop, and tells how many it wrote. */
export function startChatter(
  perSecond: number,
  logs: DeviceLogs,
  life: () => Life,
  isOn: () => boolean,
): { stop(): void; readonly written: number } {
  let written = 0;
  let due = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    due = Math.min(MOST_AT_ONCE, due + ((now - last) * perSecond) / 1000);
    last = now;
    const count = Math.floor(due);
    due -= count;
    if (count > 0 && isOn()) written += say(count);
  }, WRITE_MS);
  timer.unref();

  function say(count: number): number {
    const { containers, boot } = life();
    const names = containers.filter(({ status }) => status === 'STARTED').map(({ name }) => name);
    if (names.length === 0) return 0;
    const texts = new Map<string, string[]>();
    for (let index = 0; index < count; index += 1) {
      const number = written + index + 1;
      const turn = Math.floor(number / 7) % names.length;
      const name = names[perSecond >= WILD && number % 10 !== 0 ? names.length - 1 : turn] ?? '';
      const [level, text] = SAYINGS[(number * 7 + (number >> 3)) % SAYINGS.length] ?? ['INFO', ''];
      const lines = texts.get(name) ?? [];
      lines.push(`${level.padEnd(5)} ${text} #${number}`);
      texts.set(name, lines);
    }
    for (const [name, lines] of texts) logs.consoleLines(boot.running, name, lines);
    return count;
  }

  return {
    stop: () => clearInterval(timer),
    get written() {
      return written;
    },
  };
}
