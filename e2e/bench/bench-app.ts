import { join } from 'node:path';
import { z } from 'zod';
import { type StartedProcess, started } from './processes.ts';

/** The built screens: the program's own, or those of the folder that TRAILBOSS_BENCH_SCREENS names. */
const screens = process.env.TRAILBOSS_BENCH_SCREENS ?? join(import.meta.dirname, '../../dist/renderer');

const Cost = z.object({ heap: z.number(), rss: z.number(), cpu: z.number() });
const Opened = z.object({ opened: z.number(), first: z.number() });

/** The program in a process of its own. */
export interface BenchApp {
  /** Works once. */
  readonly address: string;
  /** Bytes after a collection, and milliseconds of processor time since it was started. */
  cost(): Promise<z.infer<typeof Cost>>;
  /** Milliseconds that opening the backend took, and until the first rows could be sent. */
  opened(): Promise<z.infer<typeof Opened>>;
  signIn(hub: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startBenchApp(profile: string): Promise<BenchApp> {
  const app: StartedProcess = await started(['app-process.ts', screens, '--profile', profile], /Open\s+(http:\S+)/);
  const asked = async (what: string) => JSON.parse(await app.ask(new RegExp(`${what} (\\{.*\\})`), what));
  return {
    address: app.said,
    cost: async () => Cost.parse(await asked('cost')),
    opened: async () => Opened.parse(await asked('opened')),
    signIn: async (hub) => {
      await app.ask(/signed-in (\S+)/, `sign-in ${hub}`);
    },
    stop: () => app.end(),
  };
}
