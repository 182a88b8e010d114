/** Machines and lines: cameras, presses, gates, tanks. */
import { type Story, step } from './history.ts';
import { factory, JONAS, MARTA, PRIYA, TOMAS } from './people.ts';

export const PLANTS: readonly Story[] = [
  {
    name: 'line-cam-07',
    board: 'imx8',
    logLines: 6,
    userMeta: { 'label.site': 'Plant 2, line 7' },
    faults: ['crash-loop:camera'],
    steps: [
      factory(95),
      step('locals/camera', 91, TOMAS, 'First camera pipeline, 15 frames per second', { set: { camera: '0.9.0' } }),
      step('locals/detector', 70, TOMAS, 'Detector with the parts model of March', { set: { detector: '1.0.0' } }),
      step('locals/detector-roi', 52, PRIYA, 'Detector: look at the belt only', {
        files: { '_config/detector/etc/detector.json': '{"threshold":0.62,"region":[112,80,1064,540]}' },
        end: 'updated',
      }),
      step('locals/camera-1.0', 35, TOMAS, 'Camera 1.0: hardware encoder', { set: { camera: '1.0.0' } }),
      step('locals/threshold', 17, PRIYA, 'Detector: threshold down to 0.55, too many good parts thrown out', {
        files: { '_config/detector/etc/detector.json': '{"threshold":0.55,"region":[112,80,1064,540]}' },
      }),
      step('locals/camera-30fps', 1, TOMAS, 'Camera 1.1: 30 frames per second, new sensor driver', {
        set: { camera: '1.1.0' },
        end: 'crashed',
        culprit: 'camera',
      }),
    ],
  },
  {
    name: 'cellar-gateway',
    board: 'nuc',
    userMeta: { 'label.site': 'Winery, cellar' },
    faults: ['not-answering'],
    steps: [
      factory(300),
      step('locals/influx', 296, JONAS, 'InfluxDB and Grafana for the tank temperatures', {
        set: { influxdb: '2.7.6', grafana: '10.4.2' },
      }),
      step('locals/modbus', 250, JONAS, 'Modbus bridge to the cooling unit', { set: { modbus: '0.4.1' } }),
      step('locals/retention', 181, MARTA, 'Keep two years of temperatures', {
        files: { '_config/influxdb/etc/influxdb2/config.json': '{"retention-days":730,"query-concurrency":4}' },
      }),
      step('locals/modbus-0.5', 40, JONAS, 'Modbus bridge 0.5: reconnects after the pump trips the fuse', {
        set: { modbus: '0.5.0' },
      }),
    ],
  },
  {
    name: 'press-shop-02',
    board: 'rock3a',
    userMeta: { 'label.site': 'Plant 1, press shop' },
    delays: { commitDelay: 600 },
    busyWith: ['locals/modbus-0.5', 'locals/modbus-0.6'],
    steps: [
      factory(66),
      step('locals/bridge', 64, TOMAS, 'Press data to the plant broker', { set: { modbus: '0.4.1', mosquitto: '2.0.18' } }),
      step('locals/flows', 50, TOMAS, 'Node-RED for the stroke counter', { set: { nodered: '4.0.2' } }),
      step('locals/modbus-0.5', 21, JONAS, 'Modbus bridge 0.5: reconnects after the pump trips the fuse', {
        set: { modbus: '0.5.0' },
      }),
      step('locals/modbus-0.6', 0, JONAS, 'Modbus bridge 0.6: registers of the new press', {
        set: { modbus: '0.6.0' },
        end: 'not-run',
      }),
    ],
  },
  {
    name: 'depot-lte-11',
    board: 'rock3a',
    userMeta: { 'label.site': 'Depot 11', 'fleet.uplink': 'LTE' },
    steps: [
      factory(120),
      step('locals/uplink', 118, JONAS, 'LTE modem before the cable', {
        files: { '_config/pv-networking/etc/uplink.json': '{"order":["lte","ethernet"]}' },
      }),
      step('locals/broker', 110, JONAS, 'Local broker for the gate', { set: { mosquitto: '2.0.18' } }),
      step('locals/broker-2.0.20', 60, JONAS, 'Mosquitto 2.0.20', { set: { mosquitto: '2.0.20' }, end: 'updated' }),
      step('locals/gate-flow', 31, TOMAS, 'Node-RED: gate opens for known number plates', {
        set: { nodered: '4.0.2' },
        end: 'updated',
      }),
      step('locals/gate-flow-2', 28, TOMAS, 'Gate stays open while a lorry stands in it', {
        files: { '_config/nodered/data/settings.json': '{"gate":{"hold":90}}' },
        end: 'updated',
      }),
      step('locals/support-access', 4, JONAS, 'Tailscale, off until somebody asks', {
        set: { tailscale: '1.76.6' },
        end: 'updated',
      }),
    ],
  },
];
