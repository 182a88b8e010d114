import { changeApp, listApps } from '../checkouts/apps/apps.ts';
import { findPvr, systemPlaces } from '../checkouts/apps/pvr-program.ts';
import { runPvr, usualSilence } from '../checkouts/apps/run-pvr.ts';
import { implementer, type Rooms } from './rooms.ts';

/** Milliseconds that reading a checkout, or waiting for a pvr that works on it, may take. */
const patience = 120_000;

/** Apps of checkouts, and the `pvr` on this computer. */
export function appHandlers({ checkouts, report }: Rooms) {
  const os = implementer(report).checkout;
  const within = (signal: AbortSignal | undefined) => signal ?? AbortSignal.timeout(patience);
  return {
    apps: os.apps.handler(async ({ input, signal }) => listApps(await checkouts.folder(input.id), within(signal))),
    editApp: os.editApp.handler(async ({ input, signal }) => {
      await changeApp(await checkouts.folder(input.id), input.app, input.edit, within(signal));
      await checkouts.touched(input.id);
      return {};
    }),
    pvr: os.pvr.handler(({ signal }) => findPvr(systemPlaces(), signal)),
    runPvr: os.runPvr.handler(({ input, signal }) =>
      checkouts.news(async (tell, stop, output) => {
        const folder = await checkouts.folder(input.id);
        try {
          return await runPvr(
            folder,
            input.command,
            { places: systemPlaces(), silence: usualSilence },
            { tell, output, signal: stop },
          );
        } finally {
          await checkouts.touched(input.id).catch(report);
        }
      }, signal),
    ),
  };
}
