import { z } from 'zod';

type Meta = Readonly<Record<string, unknown>>;

/** Bytes, as the device tells them; `usable` is what its reserve leaves of `free`. */
export interface StorageFacts {
  readonly total: number;
  readonly free: number;
  readonly reserved: number | undefined;
  readonly usable: number | undefined;
}

export interface NetworkInterface {
  readonly name: string;
  readonly mac: readonly string[];
  readonly ipv4: readonly string[];
  readonly ipv6: readonly string[];
}

/** What a device tells of itself, sorted for people. What is not understood stays in `rest`, so that nothing is hidden. */
export interface DeviceFacts {
  readonly storage: StorageFacts | undefined;
  readonly interfaces: readonly NetworkInterface[];
  readonly version: string | undefined;
  readonly arch: string | undefined;
  readonly model: string | undefined;
  readonly kernel: string | undefined;
  readonly revision: string | undefined;
  readonly mode: string | undefined;
  readonly status: string | undefined;
  readonly hub: { readonly address?: string; readonly claimed?: string; readonly online?: string; readonly state?: string };
  /** The device's own clock, an instant, when it told. */
  readonly clock: number | undefined;
  /** Seconds since its boot, when it told. */
  readonly uptime: number | undefined;
  /** Bytes. */
  readonly memory: { readonly total: number; readonly free: number } | undefined;
  readonly rest: readonly (readonly [key: string, value: unknown])[];
}

const Count = z.union([z.number(), z.string().regex(/^\d+$/).transform(Number)]);
const Text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const Texts = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

const Storage = z.object({
  total: Count,
  free: Count,
  reserved: Count.optional().catch(undefined),
  real_free: Count.optional().catch(undefined),
});
const SysInfo = z.object({
  uptime: Count.optional().catch(undefined),
  totalram: Count.optional().catch(undefined),
  freeram: Count.optional().catch(undefined),
  mem_unit: Count.optional().catch(undefined),
});
const Time = z.object({ timeval: z.object({ tv_sec: Count }) });
const Uname = z.object({
  'kernel.name': z.string().optional().catch(undefined),
  'kernel.release': z.string().optional().catch(undefined),
});

/** Reads device-meta as Pantavisor writes it; a value may be JSON or a text that holds it. */
export function readDeviceMeta(meta: Meta): DeviceFacts {
  const left = new Map(Object.entries(meta));
  const take = <T>(key: string, schema: z.ZodType<T>): T | undefined => {
    const parsed = schema.safeParse(opened(left.get(key)));
    if (!parsed.success) return undefined;
    left.delete(key);
    return parsed.data;
  };
  const storage = take('storage', Storage);
  const system = take('sysinfo', SysInfo);
  const time = take('time', Time);
  const uname = take('pantavisor.uname', Uname);
  const interfaces = take('interfaces', z.record(z.string(), Texts));
  const memory = memoryOf(system);
  const hub = {
    address: take('pantahub.address', Text),
    claimed: take('pantahub.claimed', Text),
    online: take('pantahub.online', Text),
    state: take('pantahub.state', Text),
  };
  return {
    storage: storage && { total: storage.total, free: storage.free, reserved: storage.reserved, usable: storage.real_free },
    interfaces: interfacesOf(interfaces ?? {}),
    version: take('pantavisor.version', Text),
    arch: take('pantavisor.arch', Text),
    model: take('pantavisor.dtmodel', Text),
    kernel: uname && [uname['kernel.name'], uname['kernel.release']].filter((part) => part !== undefined).join(' '),
    revision: take('pantavisor.revision', Text),
    mode: take('pantavisor.mode', Text),
    status: take('pantavisor.status', Text),
    hub: Object.fromEntries(Object.entries(hub).filter(([, value]) => value !== undefined)),
    clock: time === undefined ? undefined : time.timeval.tv_sec * 1000,
    uptime: system?.uptime,
    memory,
    rest: [...left].sort(([a], [b]) => (a < b ? -1 : 1)),
  };
}

/** Addresses at which a device may be reached on its network: no loopback, no bridge of its own containers. */
export function reachableAddresses(interfaces: readonly NetworkInterface[]): readonly string[] {
  return interfaces.filter(({ name }) => name !== 'lo' && !/^(lxcbr|docker|veth|br-)/.test(name)).flatMap(({ ipv4 }) => ipv4);
}

/** A text that is a JSON object or list, opened. */
function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function memoryOf(system: z.infer<typeof SysInfo> | undefined): DeviceFacts['memory'] {
  if (system?.totalram === undefined || system.freeram === undefined) return undefined;
  const unit = system.mem_unit ?? 1;
  return { total: system.totalram * unit, free: system.freeram * unit };
}

/** `{"eth0.ipv4": […], "eth0.mac": […]}` by interface; a name may have dots itself (`eth0.100`). */
function interfacesOf(told: Readonly<Record<string, readonly string[]>>): readonly NetworkInterface[] {
  const byName = new Map<string, { mac: readonly string[]; ipv4: readonly string[]; ipv6: readonly string[] }>();
  for (const [key, values] of Object.entries(told)) {
    const dot = key.lastIndexOf('.');
    const family = key.slice(dot + 1);
    if (dot < 1 || (family !== 'mac' && family !== 'ipv4' && family !== 'ipv6')) continue;
    const name = key.slice(0, dot);
    const known = byName.get(name) ?? { mac: [], ipv4: [], ipv6: [] };
    byName.set(name, { ...known, [family]: values });
  }
  return [...byName].map(([name, addresses]) => ({ name, ...addresses }));
}
