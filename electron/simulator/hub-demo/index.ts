/** The demo hub, and devices by the thousand for measuring. */
export { seedHubDevices } from './seed.ts';
export { type DemoHub, type DemoHubOptions, type LanHubDevice, startDemoHub } from './start.ts';
