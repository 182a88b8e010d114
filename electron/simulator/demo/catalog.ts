/** What the demo fleet is made of: boards with their base systems, and container images with plausible sizes. */
import type { Board } from '../options.ts';

export type ImageName = keyof typeof IMAGES;

type Image = {
  readonly group: 'root' | 'platform' | 'app';
  readonly source: string;
  /** Bytes of the first version's root file system; later ones differ a little. */
  readonly bytes: number;
  readonly command: string;
  /** Where the container keeps what has to survive, and for how long. */
  readonly volumes?: Readonly<Record<string, 'permanent' | 'revision' | 'boot'>>;
};

const MB = 1_000_000;

const IMAGES = {
  os: { group: 'root', source: 'registry.example.com/base/os', bytes: 3.4 * MB, command: '/sbin/init' },
  'pv-networking': {
    group: 'platform',
    source: 'registry.example.com/base/pv-networking',
    bytes: 1.2 * MB,
    command: '/usr/sbin/connmand -n',
  },
  'pvr-sdk': { group: 'platform', source: 'registry.example.com/base/pvr-sdk', bytes: 2.1 * MB, command: '/sbin/init' },
  homeassistant: {
    group: 'app',
    source: 'homeassistant/home-assistant',
    bytes: 9.6 * MB,
    command: '/init',
    volumes: { '/config': 'permanent' },
  },
  mosquitto: {
    group: 'app',
    source: 'library/eclipse-mosquitto',
    bytes: 1.1 * MB,
    command: '/usr/sbin/mosquitto -c /mosquitto/config/mosquitto.conf',
    volumes: { '/mosquitto/data': 'permanent' },
  },
  grafana: {
    group: 'app',
    source: 'grafana/grafana-oss',
    bytes: 7.8 * MB,
    command: '/run.sh',
    volumes: { '/var/lib/grafana': 'permanent' },
  },
  influxdb: {
    group: 'app',
    source: 'library/influxdb',
    bytes: 6.9 * MB,
    command: 'influxd',
    volumes: { '/var/lib/influxdb2': 'permanent' },
  },
  nodered: {
    group: 'app',
    source: 'nodered/node-red',
    bytes: 5.2 * MB,
    command: 'npm start -- --userDir /data',
    volumes: { '/data': 'permanent' },
  },
  camera: { group: 'app', source: 'registry.example.com/vision/camera', bytes: 4.7 * MB, command: '/usr/bin/camera-pipeline' },
  detector: {
    group: 'app',
    source: 'registry.example.com/vision/detector',
    bytes: 8.8 * MB,
    command: '/usr/bin/detector --model /models/parts.tflite',
  },
  modbus: {
    group: 'app',
    source: 'registry.example.com/plant/modbus-bridge',
    bytes: 0.9 * MB,
    command: '/usr/bin/modbus-bridge',
  },
  kiosk: {
    group: 'app',
    source: 'registry.example.com/display/kiosk',
    bytes: 8.1 * MB,
    command: '/usr/bin/kiosk --url http://localhost:8080',
  },
  tailscale: {
    group: 'app',
    source: 'tailscale/tailscale',
    bytes: 3.3 * MB,
    command: '/usr/local/bin/containerboot',
    volumes: { '/var/lib/tailscale': 'permanent' },
  },
  zigbee2mqtt: {
    group: 'app',
    source: 'koenkk/zigbee2mqtt',
    bytes: 4.4 * MB,
    command: 'docker-entrypoint.sh',
    volumes: { '/app/data': 'permanent' },
  },
} as const satisfies Readonly<Record<string, Image>>;

export function imageOf(name: ImageName): Image {
  return IMAGES[name];
}

export type BoardName = keyof typeof BOARDS;

const GIB = 1024 ** 3;

export const BOARDS = {
  rpi4: {
    title: 'Raspberry Pi 4 Model B Rev 1.4',
    model: 'Raspberry Pi 4 Model B Rev 1.4',
    arch: 'aarch64/64/EL',
    machine: 'aarch64',
    kernel: '6.6.51-v8',
    cpu: 'ARM Cortex-A72',
    memory: 4 * GIB,
    storage: 31_000_000_000,
  },
  imx8: {
    title: 'Toradex Verdin iMX8M Plus on Dahlia Board',
    model: 'Toradex Verdin iMX8M Plus on Dahlia Board',
    arch: 'aarch64/64/EL',
    machine: 'aarch64',
    kernel: '6.6.23-7.1.0',
    cpu: 'ARM Cortex-A53',
    memory: 2 * GIB,
    storage: 15_600_000_000,
  },
  nuc: {
    title: 'Intel NUC11TNKi5',
    arch: 'x86_64/64/EL',
    machine: 'x86_64',
    kernel: '6.12.9',
    cpu: '11th Gen Intel Core i5-1135G7',
    memory: 16 * GIB,
    storage: 250_000_000_000,
  },
  rock3a: {
    title: 'Radxa ROCK 3 Model A',
    model: 'Radxa ROCK 3 Model A',
    arch: 'aarch64/64/EL',
    machine: 'aarch64',
    kernel: '6.1.84',
    cpu: 'ARM Cortex-A55',
    memory: 4 * GIB,
    storage: 62_000_000_000,
  },
  orin: {
    title: 'NVIDIA Jetson Orin Nano Developer Kit',
    model: 'NVIDIA Jetson Orin Nano Developer Kit',
    arch: 'aarch64/64/EL',
    machine: 'aarch64',
    kernel: '5.15.148-tegra',
    cpu: 'ARM Cortex-A78AE',
    memory: 8 * GIB,
    storage: 125_000_000_000,
  },
} as const satisfies Readonly<Record<string, Board & { readonly title: string }>>;

/** Bytes of the parts of a base system. */
export const BASE_SYSTEM = {
  'bsp/kernel.img': 3.1 * MB,
  'bsp/modules.squashfs': 2.2 * MB,
  'bsp/firmware.squashfs': 1.6 * MB,
  'bsp/pantavisor': 1.3 * MB,
} as const;
