/** The sockets of a device: the pvr endpoint over HTTP, pv-ctrl on a unix socket, and SSH. */
import { type Listener, listen } from './http-listener.ts';
import type { SimulatedDeviceOptions } from './options.ts';
import { pvrHandler } from './pvr/endpoint.ts';
import { type SshSide, type SshSideOptions, startSshSide } from './ssh/side.ts';

type Sides = {
  /** The HTTP ones. */
  readonly sockets: readonly Listener[];
  readonly httpPort: number | undefined;
  readonly ssh: SshSide;
};

type SidesOptions = SshSideOptions & Pick<SimulatedDeviceOptions, 'httpPort' | 'controlSocket'>;

/** Rejects where a place is taken, and leaves nothing open then. */
export async function openSides(options: SidesOptions): Promise<Sides> {
  const sockets: Listener[] = [];
  try {
    const http = options.httpPort === false ? undefined : await openEndpoint(options);
    if (http) sockets.push(http);
    if (options.controlSocket !== undefined)
      sockets.push(await listen({ kind: 'unix', path: options.controlSocket }, options.control));
    return { sockets, httpPort: http?.port, ssh: await startSshSide(options) };
  } catch (error) {
    for (const socket of sockets) await socket.close();
    throw error;
  }
}

function openEndpoint({ host, httpPort, device, control }: SidesOptions): Promise<Listener> {
  const port = httpPort === undefined || httpPort === false ? 0 : httpPort;
  return listen({ kind: 'tcp', host, port }, pvrHandler(device, control));
}
