import { implement } from '@orpc/server';
import { contract } from '../../shared/contract/index.ts';
import { checkoutRouter } from './checkout.ts';
import { deviceRouter } from './device.ts';
import { diagnosisRouter } from './diagnosis.ts';
import { draftRouter } from './draft.ts';
import { fidelityRouter } from './fidelity.ts';
import { fleetRouter } from './fleet.ts';
import { hubRouter } from './hub.ts';
import { logsRouter } from './logs.ts';
import { metadataRouter } from './metadata.ts';
import type { Rooms } from './rooms.ts';
import { seriesRouter } from './series.ts';
import { settingsRouter } from './settings.ts';
import { signatureRouter } from './signature.ts';
import { statesRouter } from './states.ts';
import { terminalRouter } from './terminal.ts';
import { updateRouter } from './update.ts';

/** The contract's implementation: one file per area; it translates and decides nothing. */
export function createRouter(rooms: Rooms) {
  return implement(contract).router({
    fleet: fleetRouter(rooms),
    device: deviceRouter(rooms),
    draft: draftRouter(rooms),
    update: updateRouter(rooms),
    hub: hubRouter(rooms),
    metadata: metadataRouter(rooms),
    logs: logsRouter(rooms),
    terminal: terminalRouter(rooms),
    diagnosis: diagnosisRouter(rooms),
    series: seriesRouter(rooms),
    states: statesRouter(rooms),
    fidelity: fidelityRouter(rooms),
    signature: signatureRouter(rooms),
    checkout: checkoutRouter(rooms),
    settings: settingsRouter(rooms),
  });
}

export type Router = ReturnType<typeof createRouter>;
