/** What a device says of itself in device-meta. */
import type { Metadata } from './metadata.ts';
import type { Board } from './options.ts';

export const DEFAULT_BOARD: Board = {
  model: 'Simulated board',
  arch: 'x86_64/64/EL',
  machine: 'x86_64',
  kernel: '6.18.44',
  cpu: 'Simulated CPU',
  memory: 2_147_483_648,
  storage: 15_634_268_160,
};

/** The fixed part of device-meta; the rest follows the device's life. */
export function boardMeta(board: Board, name: string): Metadata {
  return {
    sysinfo: sysinfoMeta(board, LONG_UPTIME),
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
    'pantavisor.dtmodel': board.model,
    'pantavisor.cpumodel': board.cpu,
    'pantavisor.arch': board.arch,
    'pantahub.online': '0',
    'pantahub.claimed': '0',
    interfaces: { 'lo.ipv4': ['127.0.0.1'], 'lxcbr0.ipv4': ['10.0.3.1'] },
  };
}

/** Seconds since boot of a device that is met for the first time. */
const LONG_UPTIME = 263_145;

export function sysinfoMeta(board: Board, uptime: number): Metadata {
  return { uptime, totalram: board.memory, freeram: Math.floor(board.memory * 0.61), procs: 97, mem_unit: 1 };
}

/** Bytes; five percent are kept back (PV_STORAGE_GC_RESERVED). */
export function storageMeta(board: Board, used: number): Metadata {
  const free = board.storage - used;
  const reserved = Math.floor(board.storage * 0.05);
  return { total: board.storage, free, reserved, real_free: Math.max(0, free - reserved) };
}
