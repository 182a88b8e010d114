/** The product lines of the demo hub: what each is built from, and what was released for it, oldest first. */
import type { BoardName } from '../demo/catalog.ts';
import type { Change } from '../demo/history.ts';
import { JONAS, LENA, MARTA, PRIYA, TOMAS } from '../demo/people.ts';

export type LineName = 'camera' | 'gateway' | 'kiosk' | 'greenhouse' | 'building' | 'depot';

export type Release = Change & { readonly daysAgo: number; readonly by: string; readonly message: string };

export type Line = {
  readonly name: LineName;
  /** As it stands in the devices' names. */
  readonly code: string;
  readonly label: string;
  readonly boards: readonly BoardName[];
  readonly releases: readonly Release[];
};

function release(daysAgo: number, by: string, message: string, change: Change): Release {
  return { daysAgo, by, message, ...change };
}

const BASE_029_1 = release(74, PRIYA, 'Base system 029.1: fixes the USB brown-outs', { bsp: '029.1' });
const OS_2025 = release(16, PRIYA, 'OS 2025.02: time zone data, OpenSSL 3.0.16', { set: { os: '2025.02' } });

export const LINES: readonly Line[] = [
  {
    name: 'camera',
    code: 'cam',
    label: 'Line camera',
    boards: ['imx8', 'orin'],
    releases: [
      release(188, TOMAS, 'First camera pipeline, 15 frames per second', { set: { camera: '0.9.0' } }),
      release(151, TOMAS, 'Detector with the parts model of March', { set: { detector: '1.0.0' } }),
      release(118, PRIYA, 'Detector: look at the belt only', {
        files: { '_config/detector/etc/detector.json': '{"threshold":0.62,"region":[112,80,1064,540]}' },
      }),
      BASE_029_1,
      release(47, TOMAS, 'Camera 1.0: hardware encoder', { set: { camera: '1.0.0' } }),
      release(29, PRIYA, 'Detector: threshold down to 0.55, too many good parts thrown out', {
        files: { '_config/detector/etc/detector.json': '{"threshold":0.55,"region":[112,80,1064,540]}' },
      }),
      release(5, TOMAS, 'Camera 1.1: 30 frames per second, new sensor driver', { set: { camera: '1.1.0' } }),
    ],
  },
  {
    name: 'gateway',
    code: 'gw',
    label: 'Plant gateway',
    boards: ['nuc', 'rock3a'],
    releases: [
      release(260, JONAS, 'InfluxDB for the machine data, with the broker before it', {
        set: { mosquitto: '2.0.18', influxdb: '2.7.6' },
      }),
      release(231, JONAS, 'Modbus bridge to the presses', { set: { modbus: '0.4.1' } }),
      release(170, MARTA, 'Keep two years of measurements', {
        files: { '_config/influxdb/etc/influxdb2/config.json': '{"retention-days":730,"query-concurrency":4}' },
      }),
      release(121, PRIYA, 'Grafana 11.2.0 for the shift leaders', { set: { grafana: '11.2.0' } }),
      BASE_029_1,
      release(39, JONAS, 'Modbus bridge 0.5: reconnects after the pump trips the fuse', { set: { modbus: '0.5.0' } }),
      OS_2025,
      release(3, JONAS, 'Mosquitto 2.0.20', { set: { mosquitto: '2.0.20' } }),
    ],
  },
  {
    name: 'kiosk',
    code: 'kiosk',
    label: 'Kiosk',
    boards: ['imx8', 'rpi4'],
    releases: [
      release(176, LENA, 'Kiosk with the visitor list', { set: { kiosk: '3.2.0' } }),
      release(130, LENA, 'Dim the panel from ten to six', {
        files: { '_config/kiosk/etc/kiosk.json': '{"dim":{"from":"22:00","to":"06:00"},"rotate":0}' },
      }),
      BASE_029_1,
      release(52, LENA, 'Kiosk 3.3: larger keys on the keyboard', { set: { kiosk: '3.3.1' } }),
      release(9, LENA, 'Kiosk 3.4: opens in the language of the badge', { set: { kiosk: '3.4.0' } }),
    ],
  },
  {
    name: 'greenhouse',
    code: 'house',
    label: 'Irrigation',
    boards: ['rpi4'],
    releases: [
      release(205, MARTA, 'MQTT broker and Node-RED for the soil sensors', { set: { mosquitto: '2.0.18', nodered: '3.1.9' } }),
      release(160, MARTA, 'Keep retained messages over a restart', {
        files: { '_config/mosquitto/mosquitto/config/mosquitto.conf': 'persistence true\nlistener 1883\nallow_anonymous true\n' },
      }),
      release(110, MARTA, 'Node-RED 4: the new Modbus nodes need it', { set: { nodered: '4.0.2' } }),
      BASE_029_1,
      release(41, MARTA, 'Broker: no anonymous clients any more', {
        files: {
          '_config/mosquitto/mosquitto/config/mosquitto.conf': 'persistence true\nlistener 1883\nallow_anonymous false\n',
        },
      }),
      OS_2025,
    ],
  },
  {
    name: 'building',
    code: 'flat',
    label: 'Building control',
    boards: ['rpi4'],
    releases: [
      release(140, LENA, 'Home Assistant with the broker beside it', {
        set: { homeassistant: '2024.9.3', mosquitto: '2.0.18' },
      }),
      release(92, LENA, 'Zigbee bridge for the radiator valves', { set: { zigbee2mqtt: '1.40.1' } }),
      release(44, LENA, 'Home Assistant 2024.11.1', { set: { homeassistant: '2024.11.1' } }),
      release(18, JONAS, 'Remote access for support over Tailscale', { set: { tailscale: '1.76.6' } }),
      release(6, LENA, 'Home Assistant 2024.11.3: the energy dashboard loses no hours any more', {
        set: { homeassistant: '2024.11.3' },
      }),
    ],
  },
  {
    name: 'depot',
    code: 'gate',
    label: 'Depot gate',
    boards: ['rock3a'],
    releases: [
      release(150, JONAS, 'Local broker for the gate', { set: { mosquitto: '2.0.18' } }),
      release(122, JONAS, 'LTE modem before the cable', {
        files: { '_config/pv-networking/etc/uplink.json': '{"order":["lte","ethernet"]}' },
      }),
      release(81, TOMAS, 'Node-RED: gate opens for known number plates', { set: { nodered: '4.0.2' } }),
      release(50, TOMAS, 'Gate stays open while a lorry stands in it', {
        files: { '_config/nodered/data/settings.json': '{"gate":{"hold":90}}' },
      }),
      release(25, JONAS, 'Tailscale must be up before anything else: policy system', {
        set: { tailscale: '1.76.6' },
        policies: { tailscale: 'system' },
      }),
      release(4, PRIYA, 'Node-RED 4.0.5', { set: { nodered: '4.0.5' } }),
    ],
  },
];
