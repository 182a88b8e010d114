/** What a device says of itself in device-meta. */
import type { Metadata, MetaValue } from './metadata.ts';
import type { Board } from './options.ts';

export const DEFAULT_BOARD: Board = {
  arch: 'x86_64/64/EL',
  machine: 'x86_64',
  kernel: '6.18.44',
  cpu: 'Simulated CPU',
  memory: 2_147_483_648,
  storage: 15_634_268_160,
};

/** Device seconds after its boot at which a device tells its uptime and its time; it tells them again only after the next boot. */
export const FIRST_UPTIME = 9;

/** The part of device-meta that stays; the rest follows the device's life. Only boards with a device tree have a `dtmodel`. */
export function boardMeta(board: Board, name: string): Metadata {
  return {
    sysinfo: sysinfoMeta(board, FIRST_UPTIME),
    time: timeMeta(Math.floor(Date.now() / 1000)),
    storage: storageMeta(board, 0),
    'pantavisor.version': '029-32-g303584a7-261121',
    'pantavisor.uname': {
      'kernel.name': 'Linux',
      'kernel.release': board.kernel,
      'kernel.version': '#1 SMP PREEMPT_DYNAMIC @0',
      'node.name': name,
      machine: board.machine,
    },
    'pantavisor.mode': 'local',
    ...(board.model === undefined ? {} : { 'pantavisor.dtmodel': board.model }),
    'pantavisor.cpumodel': board.cpu,
    'pantavisor.arch': board.arch,
    'pantahub.online': '0',
    'pantahub.claimed': '0',
    interfaces: { 'lo.ipv4': ['127.0.0.1'], 'lxcbr0.ipv4': ['10.0.3.1'] },
  };
}

/** Bytes; five percent are kept back (PV_STORAGE_GC_RESERVED). */
export function storageMeta(board: Board, used: number): MetaValue {
  const free = board.storage - used;
  const reserved = Math.floor(board.storage * 0.05);
  return { total: board.storage, free, reserved, real_free: Math.max(0, free - reserved) };
}

/** Memory in bytes, uptime in seconds, loads as the kernel counts them. */
export function sysinfoMeta(board: Board, uptime: number): MetaValue {
  return {
    uptime: Math.floor(uptime),
    'loads.0': 9056,
    'loads.1': 41248,
    'loads.2': 36320,
    totalram: board.memory,
    freeram: Math.floor(board.memory * 0.61),
    sharedram: 21_463_040,
    bufferram: 7_360_512,
    totalswap: 0,
    freeswap: 0,
    procs: 97,
    totalhigh: 0,
    freehigh: 0,
    mem_unit: 1,
  };
}

/** @param seconds since 1970. */
export function timeMeta(seconds: number): MetaValue {
  return { timeval: { tv_sec: seconds, tv_usec: 0 }, timezone: { tz_minuteswest: 0, tz_dsttime: 0 } };
}
