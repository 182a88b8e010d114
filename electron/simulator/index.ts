/**
 * Simulated Pantavisor devices on real loopback sockets, for the demo fleet and for tests.
 *
 * ```ts
 * const device = await startSimulatedDevice({ dir, timeScale: 0.01, authorizedKeys: [publicKeyLine], seed });
 * `http://${device.host}:${device.httpPort}/cgi-bin/pvr`   // the pvr endpoint: .pvrremote, json, objects, post
 * device.sshPort, device.hostKeyFingerprint                // SSH: user `/` is the host, a container's name that container
 * device.faults.set('crash-loop:web');                      // every fault is listed in FAULTS
 * device.powerCut();
 * await device.whenIdle();                                  // no update runs, no command waits
 * device.progress('locals/new'); device.boot().checkpoint;
 * await device.close();                                     // start again on the same `dir` to continue
 * ```
 *
 * - `timeScale`: real seconds per device second. 0.02 suits tests over SSH: much less, and a reboot takes the connection away before the
 *   reply to the command that asked for it has arrived. A non-reboot update takes about 45 device seconds, a reboot one 60 to 80,
 *   a crash loop with the shipped settings 170 to 220. `delays` changes single steps, `clock: steppedClock()` lets a test step through time.
 * - `httpPort: false` and `sshPort: false` leave a side out; `controlSocket` serves pv-ctrl on a unix socket as well.
 * - `seed` says what is on the disk of a device that is switched on for the first time: revisions, objects, metadata. Without one there
 *   is the factory revision "0" with an empty state.
 * - `hub: { url, id?, secret?, ca?, autoToken? }` puts it on a hub as well: it registers, is claimed, polls, fetches and reports as the device
 *   code does. `device.hub()` is how that stands, `device.announcement()` what mDNS would tell. `startHubFleet` runs a thousand devices on a
 *   hub without sockets of their own, `startDemoHub` is a hub with an account and 300 of them, `seedHubDevices` seeds any number.
 * - `logLines` makes its containers print so many lines a second.
 * - Over SSH: `pvcontrol …`, `curl --unix-socket /run/pantavisor/pv/pv-ctrl http://localhost/…`, `cat|tail|ls|sha256sum` of
 *   `<storagePath>/objects/…` and `<storagePath>/logs/current/…`, `echo`, `uname`, `sh`, pipes, lists, quotes and variables.
 */
export { type Clock, type SteppedClock, scaledClock, steppedClock } from './clock.ts';
export { startSimulatedDevice } from './device.ts';
export { EMPTY_STATE } from './disk-image.ts';
export { FAULTS, type FaultDescription, type FaultName, type Faults } from './faults.ts';
export { type DemoDevice, type DemoFleet, type DemoFleetOptions, startDemoFleet } from './fleet.ts';
export { type DemoHub, type DemoHubOptions, type LanHubDevice, seedHubDevices, startDemoHub } from './hub-demo/index.ts';
export {
  type FleetDevice,
  type FleetHub,
  type HubFleet,
  type HubFleetOptions,
  startHubFleet,
} from './hub-side/fleet.ts';
export { type BootRecord, DEVICE_DELAYS, type Delays, type Life, type Progress, type Status } from './life/model.ts';
export type {
  Announcement,
  Board,
  HubConnection,
  HubStanding,
  ProgressReport,
  Seed,
  SeedObject,
  SeedRevision,
  SimulatedDevice,
  SimulatedDeviceOptions,
} from './options.ts';
