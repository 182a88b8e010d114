import { availableParallelism, loadavg } from 'node:os';

/** Milliseconds of processor time. */
const work = 200;

/** How busy the machine is: figures of one that is can only be held against each other. Keeps one processor busy for a moment. */
export function machineNow(): string {
  const began = performance.now();
  const from = used();
  while (used() - from < work);
  const stretched = (performance.now() - began) / work;
  const [load = 0] = loadavg();
  return `${availableParallelism()} processors, load ${load.toFixed(1)}; work takes ${stretched.toFixed(1)} times its processor time`;
}

function used(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
