import type { AppEdit, AppView } from '../../../../shared/contract/checkout.ts';

/** The edit that takes another one back: each member that it names as the app has it now, null where it has none of its own. */
export function inverseOf(app: AppView, edit: AppEdit): AppEdit {
  const volumes = Object.keys(edit.persistence ?? {});
  return {
    ...('restartPolicy' in edit ? { restartPolicy: app.restartPolicy ?? null } : {}),
    ...('group' in edit ? { group: app.group ?? null } : {}),
    ...('statusGoal' in edit ? { statusGoal: app.statusGoal ?? null } : {}),
    ...('roles' in edit ? { roles: app.roles === undefined ? null : [...app.roles] } : {}),
    ...(volumes.length === 0
      ? {}
      : { persistence: Object.fromEntries(volumes.map((volume) => [volume, ownPersistence(app, volume) ?? null])) }),
  };
}

function ownPersistence(app: AppView, volume: string): string | undefined {
  return app.persistence.find((one) => one.own && one.volume === volume)?.persistence;
}
