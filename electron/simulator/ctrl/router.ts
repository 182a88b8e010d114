/** pv-ctrl: which endpoint answers which path, and with which code everything else is refused (ctrl.c). */

import { distorted } from '../distort.ts';
import type { Handler, Reply, Request } from '../exchange.ts';
import { refusal } from '../exchange.ts';
import { commands } from './commands.ts';
import { containers, daemons, groups } from './containers.ts';
import { deviceMeta, userMeta } from './metadata.ts';
import type { ControlledDevice, Endpoint } from './model.ts';
import { objects } from './objects.ts';
import { config, configWithOrigins, plain, signal } from './reads.ts';
import { steps } from './steps.ts';
import { storage } from './storage.ts';

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  steps,
  objects,
  containers,
  groups,
  daemons,
  commands,
  signal,
  storage,
  'device-meta': deviceMeta,
  'user-meta': userMeta,
  config,
  config2: configWithOrigins,
  drivers: plain('{}'),
  'xconnect-graph': plain('[]'),
  wakelocks: plain(
    '{"mode":"locks","count":0,"degraded":true,"autosleep":false,"settling":false,"polling":false,"run_window":false,"held":{"boot":false,"update":false,"update_check":false,"devmeta":false,"usrmeta":false,"shutdown":false,"debug_shell":false,"poll":false}}',
  ),
  buildinfo: plain('', 'text/plain'),
};

const KNOWN_METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PATCH'];

/** The control socket's handler. Waits while the device is silent, and then answers as it is by then. */
export function controlHandler(device: ControlledDevice): Handler {
  return async (request) => {
    await device.answering();
    device.log(`[ctrl]: New HTTP request recived: ${request.path}`);
    const reply = await answer(device, request);
    // A stop of a container keeps the one thread busy: whoever asked waits with everybody else.
    await device.answering();
    return distorted(reply, device.faults);
  };
}

async function answer(device: ControlledDevice, request: Request): Promise<Reply> {
  if (!KNOWN_METHODS.includes(request.method)) {
    return {
      status: 501,
      headers: { 'Content-Type': 'text/html', Connection: 'close' },
      body: '{"Error":"Unsupported protocol"}',
    };
  }
  const parts = request.path.slice(1).split('/');
  const endpoint = parts[0] === undefined ? undefined : ENDPOINTS[parts[0]];
  return (await endpoint?.(device, request, parts)) ?? unknownEndpoint(request);
}

function unknownEndpoint(request: Request): Reply {
  return refusal(400, `unknown endpoint: ${request.path}`);
}
