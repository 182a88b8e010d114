/** What the device will make of a state: the one place where the simulator asks the forecast. */
import { forecast, readDeviceModel } from '../../shared/forecast/index.ts';

export type Verdict =
  | { readonly kind: 'refused' }
  /** The daemon dies while it reads or compares; the boot loader is armed for the next revision by then. */
  | { readonly kind: 'crash' }
  | { readonly kind: 'move'; readonly transition: 'reboot' | 'non-reboot'; readonly stops: readonly string[] };

/**
 * @param sinceBoot state texts that the device went through without a reboot since it booted, oldest first.
 * @returns for a move, the containers that are stopped first.
 */
export function verdictOf(running: string, next: string, sinceBoot: readonly string[]): Verdict {
  const foreseen = forecast(running, next, { sinceBoot });
  if (foreseen.kind !== 'move') return { kind: foreseen.kind };
  return { kind: 'move', transition: foreseen.transition, stops: [...foreseen.restarts, ...foreseen.stops] };
}

const KNOWN_SPECS: readonly (string | undefined)[] = ['pantavisor-service-system@1', 'pantavisor-multi-platform@1'];

/**
 * Whether the parser behind `PUT /steps` takes a text. A missing or unknown `#spec` is refused, as a device that runs as a container
 * does; one that boots by itself dies of it (parser.c, init mode).
 */
export function acceptance(text: string): 'accepted' | 'refused' | 'crash' {
  const { kind } = readDeviceModel(text);
  if (kind !== 'crash') return kind;
  const spec = /"#spec"\s*:\s*"([^"]*)"/.exec(text)?.[1];
  return KNOWN_SPECS.includes(spec) ? 'crash' : 'refused';
}
