import { EventEmitter } from 'node:events';
import { Bonjour, type Service } from 'bonjour-service';

/** What a computer on the local network says over mDNS about its SSH service. */
export interface SshService {
  readonly name: string;
  /** Its host name, such as `board.local`. */
  readonly host: string;
  readonly addresses: readonly string[];
  readonly port: number;
  readonly txt: Readonly<Record<string, string>>;
}

/** Which network to look on; without it, all that the system multicasts to. */
export interface MdnsNetwork {
  readonly interface: string;
  /** Bound to the interface's own address, which is the library's choice, a socket hears no multicast on Linux. */
  readonly bind: '0.0.0.0';
  readonly port: number;
}

/** Milliseconds between two questions into the network: devices that start later announce themselves, if nothing swallows it. */
const askEvery = 15_000;
/** A network with more of them is flooded: the others are not looked at. */
const mostServices = 1000;
/** Milliseconds within which what changed is told as one. */
const moment = 100;

/**
 * Listens for `_ssh._tcp` services until the returned function is called; `heard` gets all that are there, each time something changed.
 * Never throws: where multicast is not possible (no network, a sandbox, a port that another program holds alone), nothing is heard.
 */
export function listenForSsh(heard: (services: readonly SshService[]) => void, network?: MdnsNetwork): () => void {
  let bonjour: Bonjour;
  try {
    bonjour = new Bonjour(network, () => undefined);
  } catch {
    return () => undefined;
  }
  swallowErrors(bonjour);
  const browser = bonjour.find({ type: 'ssh' });
  let told: NodeJS.Timeout | undefined;
  const tell = () => {
    told ??= setTimeout(() => {
      told = undefined;
      heard(browser.services.slice(0, mostServices).map(sshService));
    }, moment);
  };
  browser.on('up', tell);
  browser.on('down', tell);
  browser.on('txt-update', tell);
  browser.on('srv-update', tell);
  const timer = setInterval(() => {
    browser.expire();
    browser.update();
  }, askEvery);
  timer.unref();
  return () => {
    clearInterval(timer);
    clearTimeout(told);
    browser.stop();
    try {
      bonjour.destroy();
    } catch {
      // A socket that never opened can't be closed.
    }
  };
}

/** The library leaves its socket's errors to whoever listens, and hides the socket: unheard, they would end the program. */
function swallowErrors(bonjour: Bonjour): void {
  const server: unknown = Reflect.get(bonjour, 'server');
  const socket: unknown = typeof server === 'object' && server !== null ? Reflect.get(server, 'mdns') : undefined;
  if (socket instanceof EventEmitter) socket.on('error', () => undefined);
}

function sshService({ name, host, addresses, port, txt }: Service): SshService {
  return { name, host, addresses: addresses ?? [], port, txt: textsOf(txt) };
}

/** Keys without a value, and whatever is no text, are left out. */
function textsOf(txt: unknown): Readonly<Record<string, string>> {
  if (typeof txt !== 'object' || txt === null) return {};
  return Object.fromEntries(Object.entries(txt).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
