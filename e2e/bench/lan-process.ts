// Many devices on the local network, in a process of their own: one port that answers as the pvr endpoint of any number of them, and one
// that answers over SSH. Prints where, and at each line on its standard input how often it was asked for its state since the last.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startSimulatedDevice } from '../../electron/simulator/index.ts';
import { onAsked } from './asked.ts';

const [dir, publicKey] = process.argv.slice(2);
if (dir === undefined || publicKey === undefined) throw new Error('the folder of the device and who may log in are missing');
const state = '{"#spec":"pantavisor-service-system@1","web/run.json":{"name":"web","type":"lxc"}}';
let asked = 0;
const endpoint = createServer((request, response) => {
  const at = `http://${request.headers.host}/cgi-bin/pvr`;
  const remote = {
    'pvr-spec': 'pvr-pantahub-1',
    'json-get-url': `${at}/json`,
    'objects-endpoint': `${at}/objects`,
    'post-url': at,
  };
  const isState = request.url === '/cgi-bin/pvr/json';
  if (isState) asked += 1;
  response.setHeader('Content-Type', 'application/json');
  response.end(isState ? state : JSON.stringify(remote));
});
await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve));
const address: AddressInfo | string | null = endpoint.address();
if (address === null || typeof address === 'string') throw new Error('the endpoint has no port');
const device = await startSimulatedDevice({ dir, httpPort: false, authorizedKeys: [publicKey] });
console.log(`lan ${JSON.stringify({ http: address.port, ssh: device.sshPort, hostKey: device.hostKey })}`);
onAsked(() => {
  console.log(`asked ${asked}`);
  asked = 0;
});
