import { createHash } from 'node:crypto';

const spec = '"#spec":"pantavisor-service-system@1"';

/** A realistic state of about `entries` entries: a bsp, and containers with some twenty entries each. `salt` changes the objects. */
export function madeState(entries: number, salt = ''): string {
  const members = new Map<string, string>([
    ['bsp/kernel.img', sha(`kernel${salt}`)],
    ['bsp/pantavisor', sha('pantavisor')],
    ['bsp/run.json', '{"initrd":"pantavisor","linux":"kernel.img"}'],
  ]);
  for (let container = 0; members.size < entries; container += 1) {
    const name = `app${container}`;
    members.set(`${name}/run.json`, manifest(name, container));
    members.set(`${name}/src.json`, `{"#spec":"service-manifest-src@1","args":{"PV_GROUP":"app"},"docker_tag":"1.${container}"}`);
    members.set(`${name}/root.squashfs`, sha(`${name}${container % 10 === 0 ? salt : ''}`));
    for (let file = 0; file < 16 && members.size < entries; file += 1) {
      members.set(`_config/${name}/etc/conf.d/${file}.conf`, sha(`${name}/${file}`));
    }
  }
  const text = [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `"${key}":${value}`);
  return `{${spec},${text.join(',')}}`;
}

function manifest(name: string, number: number): string {
  const policy = number % 3 === 0 ? ',"restart_policy":"system"' : '';
  return `{"#spec":"service-manifest-run@1","config":"lxc.container.conf","group":"app","name":"${name}"${policy},"root-volume":"root.squashfs","storage":{},"type":"lxc","volumes":[]}`;
}

function sha(text: string): string {
  return `"${createHash('sha256').update(text).digest('hex')}"`;
}
