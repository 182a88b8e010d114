import { deviceContract } from './device.ts';
import { draftContract } from './draft.ts';
import { fleetContract } from './fleet.ts';
import { hubContract } from './hub.ts';
import { logsContract } from './logs.ts';
import { metadataContract } from './metadata.ts';
import { settingsContract } from './settings.ts';
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
  settings: settingsContract,
};
