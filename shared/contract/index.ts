import { checkoutContract } from './checkout.ts';
import { deviceContract } from './device.ts';
import { diagnosisContract } from './diagnosis.ts';
import { draftContract } from './draft.ts';
import { fidelityContract } from './fidelity.ts';
import { fleetContract } from './fleet.ts';
import { hubContract } from './hub.ts';
import { logsContract } from './logs.ts';
import { metadataContract } from './metadata.ts';
import { seriesContract } from './series.ts';
import { settingsContract } from './settings.ts';
import { signatureContract } from './signature.ts';
import { statesContract } from './states.ts';
import { terminalContract } from './terminal.ts';
import { updateContract } from './update.ts';

/** Everything that the renderer can ask of the backend, and hear from it. One file per area. */
export const contract = {
  fleet: fleetContract,
  device: deviceContract,
  draft: draftContract,
  update: updateContract,
  hub: hubContract,
  metadata: metadataContract,
  logs: logsContract,
  terminal: terminalContract,
  diagnosis: diagnosisContract,
  states: statesContract,
  series: seriesContract,
  checkout: checkoutContract,
  signature: signatureContract,
  fidelity: fidelityContract,
  settings: settingsContract,
};
