/** Greenhouses, homes and offices. */
import { type Story, step } from './history.ts';
import { factory, JONAS, LENA, MARTA, PRIYA, TOMAS } from './people.ts';

export const BUILDINGS: readonly Story[] = [
  {
    name: 'greenhouse-03',
    board: 'rpi4',
    logLines: 2,
    userMeta: { 'label.site': 'Nursery, hall 3', 'label.use': 'Irrigation' },
    steps: [
      factory(212),
      step('locals/first-sensors', 205, MARTA, 'MQTT broker and Node-RED for the soil sensors', {
        set: { mosquitto: '2.0.18', nodered: '3.1.9' },
      }),
      step('locals/persist-mqtt', 198, MARTA, 'Keep retained messages over a restart', {
        files: {
          '_config/mosquitto/mosquitto/config/mosquitto.conf':
            'persistence true\npersistence_location /mosquitto/data/\nlistener 1883\nallow_anonymous true\n',
        },
        end: 'updated',
      }),
      step('locals/grafana', 160, JONAS, 'Add Grafana so that the gardeners can see the moisture curves', {
        set: { grafana: '10.4.2' },
      }),
      step('locals/node-red-4', 122, MARTA, 'Node-RED 4: the new Modbus nodes need it', {
        set: { nodered: '4.0.2' },
        end: 'updated',
      }),
      step('locals/kernel-cma', 97, PRIYA, 'Base system 029.1: CMA back to 64 MB, fixes the USB brown-outs', { bsp: '029.1' }),
      step('locals/mqtt-auth', 61, MARTA, 'Broker: no anonymous clients any more', {
        files: {
          '_config/mosquitto/mosquitto/config/mosquitto.conf':
            'persistence true\npersistence_location /mosquitto/data/\nlistener 1883\nallow_anonymous false\npassword_file /mosquitto/config/passwd\n',
        },
        end: 'updated',
      }),
      step('locals/grafana-11', 33, JONAS, 'Grafana 11.2.0 (CVE-2024-8118)', { set: { grafana: '11.2.0' } }),
      step('locals/os-2025-02', 9, PRIYA, 'OS 2025.02: time zone data, OpenSSL 3.0.16', { set: { os: '2025.02' } }),
    ],
  },
  {
    name: 'home-hub-attic',
    board: 'rpi4',
    userMeta: { 'label.site': 'Showroom' },
    steps: [
      factory(140),
      step('locals/ha', 138, LENA, 'Home Assistant with the broker beside it', {
        set: { homeassistant: '2024.9.3', mosquitto: '2.0.18' },
      }),
      step('locals/zigbee', 90, LENA, 'Zigbee bridge for the new radiator valves', { set: { zigbee2mqtt: '1.40.1' } }),
      step('locals/ha-2024-11', 44, LENA, 'Home Assistant 2024.11.1', { set: { homeassistant: '2024.11.1' } }),
      step('locals/tailscale', 12, JONAS, 'Remote access for support over Tailscale', {
        set: { tailscale: '1.76.6' },
        end: 'updated',
      }),
      step('locals/ha-fix-history', 3, LENA, 'Home Assistant 2024.11.3: the energy dashboard loses no hours any more', {
        set: { homeassistant: '2024.11.3' },
        end: 'updated',
      }),
    ],
  },
  {
    name: 'kiosk-lobby',
    board: 'imx8',
    userMeta: { 'label.site': 'Head office, lobby' },
    steps: [
      factory(180),
      step('locals/kiosk', 176, LENA, 'Kiosk with the visitor list', { set: { kiosk: '3.2.0' } }),
      step('locals/kiosk-night', 130, LENA, 'Dim the panel from ten to six', {
        files: { '_config/kiosk/etc/kiosk.json': '{"dim":{"from":"22:00","to":"06:00"},"rotate":0}' },
      }),
      step('locals/kiosk-3.3', 75, LENA, 'Kiosk 3.3: larger keys on the keyboard', { set: { kiosk: '3.3.1' } }),
      step('locals/portrait', 20, PRIYA, 'Panel was turned to portrait', {
        files: { '_config/kiosk/etc/kiosk.json': '{"dim":{"from":"22:00","to":"06:00"},"rotate":90}' },
        end: 'updated',
      }),
      step('locals/kiosk-3.4', 2, LENA, 'Kiosk 3.4, not signed yet', { set: { kiosk: '3.4.0' }, end: 'refused' }),
    ],
  },
  {
    name: 'weather-mast',
    board: 'rpi4',
    sides: 'pvr-only',
    userMeta: { 'label.site': 'Ridge' },
    steps: [
      factory(410),
      step('locals/mast', 402, MARTA, 'Wind and rain to the broker in the valley', {
        set: { mosquitto: '2.0.18', nodered: '3.1.9' },
      }),
      step('locals/low-power', 301, MARTA, 'Sample every minute at night', {
        files: { '_config/nodered/data/settings.json': '{"sample":{"day":10,"night":60}}' },
      }),
      step('locals/base-029-1', 100, PRIYA, 'Base system 029.1', { bsp: '029.1' }),
    ],
  },
  {
    name: 'canteen-display',
    board: 'orin',
    userMeta: { 'label.site': 'Head office, canteen' },
    steps: [
      factory(88),
      step('locals/menu', 87, LENA, 'Menu of the day on the wall', { set: { kiosk: '3.2.0' } }),
      step('locals/queue', 60, TOMAS, 'Count the queue', { set: { camera: '1.0.0', detector: '1.0.0' }, end: 'object-invalid' }),
      step('locals/queue-2', 60, TOMAS, 'Count the queue, second try: the upload had been cut', {
        set: { camera: '1.0.0', detector: '1.0.0' },
      }),
      step('locals/kiosk-3.3', 25, LENA, 'Kiosk 3.3', { set: { kiosk: '3.3.1' } }),
    ],
  },
];
