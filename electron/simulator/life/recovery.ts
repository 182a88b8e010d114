import type { AutoRecovery } from './model.ts';

/** `auto_recovery` of the shipped group `app` (pantavisor group.c). */
export const APP_RECOVERY: AutoRecovery = {
  policy: 'on-failure',
  maxRetries: 5,
  retryDelay: 5,
  backoffFactor: 2,
  stableTimeout: 30,
  backoffPolicy: 'reboot',
};
