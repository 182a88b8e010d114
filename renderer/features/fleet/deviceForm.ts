import {
  defaultHttpPort,
  defaultSshPort,
  defaultSshUser,
  Host,
  type LanConnection,
  type SshAuth,
} from '../../../shared/contract/connection.ts';
import { dialogStrings } from '../../strings/fleet.ts';

/** What the dialog's fields hold, as typed. */
export interface DeviceForm {
  readonly name: string;
  readonly host: string;
  readonly http: boolean;
  readonly httpPort: string;
  readonly ssh: boolean;
  readonly sshPort: string;
  readonly sshUser: string;
  readonly auth: SshAuth['kind'];
  readonly keyFile: string;
}

export type FormErrors = Partial<Record<'host' | 'httpPort' | 'sshPort' | 'sshUser' | 'keyFile' | 'ways', string>>;

export const blankForm: DeviceForm = {
  name: '',
  host: '',
  http: true,
  httpPort: String(defaultHttpPort),
  ssh: true,
  sshPort: String(defaultSshPort),
  sshUser: defaultSshUser,
  auth: 'own-key',
  keyFile: '',
};

/** The fields for a device that is there already; one that is known from a hub only has no address yet. */
export function formOf(name: string, connection: LanConnection | null): DeviceForm {
  if (connection === null) return { ...blankForm, name };
  const { http, ssh } = connection;
  return {
    name,
    host: connection.host,
    http: http !== null,
    httpPort: String(http?.port ?? defaultHttpPort),
    ssh: ssh !== null,
    sshPort: String(ssh?.port ?? defaultSshPort),
    sshUser: ssh?.user ?? defaultSshUser,
    auth: ssh?.auth.kind ?? 'own-key',
    keyFile: ssh?.auth.kind === 'key-file' ? ssh.auth.path : '',
  };
}

function portOf(text: string): number | undefined {
  const port = Number(text.trim());
  return /^\d{1,5}$/.test(text.trim()) && port >= 1 && port <= 65_535 ? port : undefined;
}

/** Takes the host out of what people paste: `http://10.0.0.5:12368/cgi-bin/pvr` and `[fe80::1]` are fine. */
export function hostOf(text: string): string {
  const bare = text
    .trim()
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[/?#].*$/, '');
  const bracketed = /^\[([^\]]+)\](?::\d+)?$/.exec(bare);
  if (bracketed?.[1] !== undefined) return bracketed[1];
  const colons = bare.split(':').length - 1;
  return colons === 1 ? bare.replace(/:\d*$/, '') : bare;
}

/** A port that was pasted with the host; which way it means is for the person to say. */
function portIn(text: string): string | undefined {
  return /^(?:[a-z]+:\/\/)?(?:\[[^\]]+\]|[^:/?#]+):(\d+)(?:[/?#]|$)/i.exec(text.trim())?.[1];
}

/** The connection that the fields describe, or what is wrong with them, by field. */
export function connectionOf(
  form: DeviceForm,
):
  | { readonly connection: LanConnection; readonly errors?: never }
  | { readonly errors: FormErrors; readonly connection?: never } {
  const errors: FormErrors = {};
  const host = Host.safeParse(hostOf(form.host));
  const httpPort = portOf(form.httpPort);
  const sshPort = portOf(form.sshPort);
  const pasted = portIn(form.host);
  if (!host.success) errors.host = dialogStrings.hostWrong;
  else if (pasted !== undefined && ![form.httpPort, form.sshPort].includes(pasted)) errors.host = dialogStrings.portApart(pasted);
  if (!form.http && !form.ssh) errors.ways = dialogStrings.noWay;
  if (form.http && httpPort === undefined) errors.httpPort = dialogStrings.portWrong;
  if (form.ssh && sshPort === undefined) errors.sshPort = dialogStrings.portWrong;
  if (form.ssh && form.sshUser.trim() === '') errors.sshUser = dialogStrings.userWrong;
  if (form.ssh && form.auth === 'key-file' && form.keyFile.trim() === '') errors.keyFile = dialogStrings.fileWrong;
  if (Object.keys(errors).length > 0 || !host.success) return { errors };
  return {
    connection: {
      host: host.data,
      http: form.http && httpPort !== undefined ? { port: httpPort } : null,
      ssh: form.ssh && sshPort !== undefined ? { port: sshPort, user: form.sshUser.trim(), auth: authOf(form) } : null,
    },
  };
}

function authOf(form: DeviceForm): SshAuth {
  return form.auth === 'key-file' ? { kind: 'key-file', path: form.keyFile.trim() } : { kind: form.auth };
}
