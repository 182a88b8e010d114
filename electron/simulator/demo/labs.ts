/** Devices on benches and desks. */
import { type Story, step } from './history.ts';
import { factory, JONAS, LENA, MARTA, PRIYA } from './people.ts';

export const LABS: readonly Story[] = [
  {
    name: 'test-bench-a',
    board: 'nuc',
    logLines: 40,
    sides: 'ssh-only',
    userMeta: { 'label.site': 'Lab', 'label.use': 'Nightly tests' },
    steps: [
      factory(30),
      step('1', 29, PRIYA, 'Nightly 2025-01-20', { set: { nodered: '4.0.2', grafana: '11.2.0' } }),
      step('2', 22, PRIYA, 'Nightly 2025-01-27', { bsp: '029.1' }),
      step('3', 15, PRIYA, 'Nightly 2025-02-03', { set: { nodered: '4.0.5' }, end: 'updated' }),
      step('4', 8, PRIYA, 'Nightly 2025-02-10', { set: { grafana: '11.5.0' }, end: 'object-invalid' }),
      step('5', 7, PRIYA, 'Nightly 2025-02-10, uploaded again', { set: { grafana: '11.5.0' }, end: 'updated' }),
      step('6', 1, PRIYA, 'Nightly 2025-02-17: os restarts on its own now', { set: { os: '2025.02' } }),
    ],
  },
  {
    name: 'lab-nuc-01',
    board: 'nuc',
    userMeta: { 'label.site': 'Lab' },
    steps: [
      factory(365),
      step('locals/base', 364, PRIYA, 'Broker and database', { set: { mosquitto: '2.0.18', influxdb: '2.7.6' } }),
      step('locals/dash', 350, PRIYA, 'Grafana', { set: { grafana: '10.4.2' } }),
      step('locals/flows', 331, MARTA, 'Node-RED', { set: { nodered: '3.1.9' }, end: 'updated' }),
      step('locals/ha', 300, LENA, 'Home Assistant, to try the integrations', { set: { homeassistant: '2024.9.3' } }),
      step('locals/vpn', 270, JONAS, 'Tailscale', { set: { tailscale: '1.74.1' }, end: 'updated' }),
      step('locals/vpn-system', 262, JONAS, 'Tailscale must be up before anything else: policy system', {
        policies: { tailscale: 'system' },
      }),
      step('locals/flows-4', 230, MARTA, 'Node-RED 4.0.2', { set: { nodered: '4.0.2' }, end: 'updated' }),
      step('locals/zigbee', 201, LENA, 'Zigbee stick', { set: { zigbee2mqtt: '1.40.1' }, end: 'updated' }),
      step('locals/bsp-029-1', 150, PRIYA, 'Base system 029.1: i225 network driver', { bsp: '029.1' }),
      step('locals/dash-11', 101, PRIYA, 'Grafana 11.2.0', { set: { grafana: '11.2.0' }, end: 'updated' }),
      step('locals/ha-2024-11', 71, LENA, 'Home Assistant 2024.11.1', { set: { homeassistant: '2024.11.1' }, end: 'updated' }),
      step('locals/vpn-1.76', 40, JONAS, 'Tailscale 1.76.6', { set: { tailscale: '1.76.6' } }),
      step('locals/no-zigbee', 19, LENA, 'Zigbee stick moved to the showroom', { set: { zigbee2mqtt: null }, end: 'updated' }),
      step('locals/os-2025-02', 6, PRIYA, 'OS 2025.02', { set: { os: '2025.02' } }),
    ],
  },
  {
    name: 'fresh-board',
    board: 'rpi4',
    userMeta: { 'label.site': 'Desk' },
    steps: [
      factory(2),
      step('locals/hello', 1, MARTA, 'First container: the broker', { set: { mosquitto: '2.0.20' } }),
      step('locals/hello-flows', 1, MARTA, 'Node-RED beside it', { set: { nodered: '4.0.5' } }),
      step('locals/try-camera', 0, MARTA, 'Camera container, to see whether the USB one works', {
        set: { camera: '1.0.0' },
        end: 'not-run',
      }),
    ],
  },
];
