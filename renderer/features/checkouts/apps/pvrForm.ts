import { PvrCommand } from '../../../../shared/contract/checkout.ts';

/** A command of pvr as it is filled in; what a kind does not have stays empty. */
export interface PvrForm {
  readonly name: string;
  readonly from: string;
  readonly type: string;
  readonly platform: string;
  readonly group: string;
  readonly restartPolicy: string;
  readonly statusGoal: string;
  /** One `path:persistence` per line. */
  readonly volumes: string;
  readonly volume: string;
  readonly prefix: string;
}

export function blankForm(app: string): PvrForm {
  return {
    name: app,
    from: '',
    type: 'docker',
    platform: '',
    group: '',
    restartPolicy: '',
    statusGoal: '',
    volumes: '',
    volume: 'root.squashfs',
    prefix: '',
  };
}

/** The command that is filled in; undefined while something is missing. What is empty is left to pvr. */
export function commandOf(kind: PvrCommand['kind'], form: PvrForm): PvrCommand | undefined {
  const trimmed = Object.fromEntries(Object.entries(form).map(([key, value]) => [key, String(value).trim()]));
  const given = Object.fromEntries(Object.entries(trimmed).filter(([, value]) => value !== ''));
  const { name, from, prefix, volume } = given;
  switch (kind) {
    case 'app-add': {
      const volumes = form.volumes
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
      return PvrCommand.safeParse({ ...given, kind, volumes: volumes.length === 0 ? undefined : volumes }).data;
    }
    case 'app-update':
      return PvrCommand.safeParse({ kind, name, from }).data;
    case 'app-install':
      return PvrCommand.safeParse({ kind, name }).data;
    case 'dm-convert':
      return PvrCommand.safeParse({ kind, container: name, volume }).data;
    case 'dm-apply':
      return PvrCommand.safeParse({ kind, prefix }).data;
  }
}
