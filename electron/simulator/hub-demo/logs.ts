/** What a device of the demo hub has logged: its runtime's start, its containers' chatter, and what led to a failure. */

import { chance } from './chance.ts';
import type { History } from './history.ts';
import type { PlannedDevice } from './plan.ts';

export type PastLog = {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rev: string;
  readonly plat: string;
  readonly src: string;
  readonly lvl: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
  readonly msg: string;
};

const HOUR_MS = 3_600_000;
const CONSOLE = '/lxc/console.log';

/** Oldest first, over the last two days. */
export function logsOf(device: PlannedDevice, { running, steps }: History, now: number): readonly PastLog[] {
  const chatter = CHATTER[device.line.name];
  const lines = Array.from({ length: 36 }, (_none, index): PastLog => {
    const [plat, msg, lvl = 'INFO'] = chatter[Math.floor(chance('line', device.name, index) * chatter.length)] ?? OWN;
    const at = now - (36 - index + chance('minute', device.name, index)) * 1.3 * HOUR_MS;
    const src = plat === 'pantavisor' ? 'controller' : CONSOLE;
    return { at: Math.round(at), rev: running, plat, src, lvl, msg };
  });
  const last = steps.at(-1);
  if (last?.outcome.kind !== 'error') return lines;
  const failed = { at: Math.round(last.at + 90_000), rev: String(last.rev), plat: 'pantavisor', lvl: 'ERROR' } as const;
  const why: readonly PastLog[] = [
    { ...failed, src: 'controller', msg: '(_pv_wait:502) a platform did not work as expected. Tearing down...' },
    { ...failed, src: 'updater', msg: `revision ${last.rev} failed: ${last.outcome.message}` },
  ];
  return [...lines, ...why].sort((one, other) => one.at - other.at);
}

type Chatter = readonly [plat: string, msg: string, lvl?: PastLog['lvl']];

const OWN: Chatter = ['pantavisor', '(pv_storage_gc_run_threshold:411) nothing to collect', 'DEBUG'];
const NETWORK: Chatter = ['pv-networking', 'connmand[112]: eth0 {add} route 0.0.0.0 gw 10.0.0.1 scope 0 <UNIVERSE>'];
const CLOCK: Chatter = ['os', 'ntpd: offset +0.003418 delay 0.021'];

const CHATTER: Readonly<Record<PlannedDevice['line']['name'], readonly Chatter[]>> = {
  camera: [
    OWN,
    NETWORK,
    ['camera', 'pipeline: 15.0 fps, 0 dropped'],
    ['camera', 'pipeline: 14.2 fps, 11 dropped', 'WARN'],
    ['detector', 'model parts.tflite: 412 good, 3 bad in the last hour'],
    ['detector', 'inference took 212 ms', 'WARN'],
  ],
  gateway: [
    OWN,
    NETWORK,
    CLOCK,
    ['influxdb', 'ts=info msg="Compacted file" log_id=0qX service=storage-engine engine=tsm1'],
    ['modbus', 'poll unit=3 registers=40 in 118 ms'],
    ['modbus', 'unit 3: timeout, trying again', 'WARN'],
    ['mosquitto', 'New client connected from 172.16.0.4 as press-2'],
  ],
  kiosk: [
    OWN,
    NETWORK,
    ['kiosk', 'page loaded in 640 ms'],
    ['kiosk', 'panel dimmed'],
    ['kiosk', 'touch: 3 contacts lost', 'WARN'],
  ],
  greenhouse: [
    OWN,
    CLOCK,
    ['nodered', '[info] [mqtt-broker:local] Connected to broker: mqtt://localhost:1883'],
    ['nodered', '[warn] [function:moisture] no value from sensor 7', 'WARN'],
    ['mosquitto', 'Saving in-memory database to /mosquitto/data/mosquitto.db.'],
  ],
  building: [
    OWN,
    NETWORK,
    ['homeassistant', 'WARNING (MainThread) [homeassistant.components.mqtt] Unable to reach sensor.boiler', 'WARN'],
    ['zigbee2mqtt', "zh:controller: Device '0x00158d0003f2' joined"],
    ['mosquitto', 'Client homeassistant has exceeded timeout, disconnecting.', 'WARN'],
  ],
  depot: [
    OWN,
    NETWORK,
    CLOCK,
    ['nodered', '[info] [gate] plate known, opening'],
    ['nodered', '[error] [gate] camera answered 503', 'ERROR'],
    ['mosquitto', 'New connection from 10.0.3.14:50112 on port 1883.'],
  ],
};
