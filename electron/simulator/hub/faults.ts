/** What can be made to go wrong with the simulated hub, by name. */

export interface HubFaultDescription {
  readonly name: string;
  /** What a number given with the fault means. */
  readonly amount?: string;
  readonly what: string;
}

/** Every fault there is. A fault is on from `set` until `clear`. */
export const HUB_FAULTS = [
  { name: 'down', what: 'Connections are refused, and those that are open are reset.' },
  { name: 'slow', amount: 'milliseconds (1000)', what: 'Every reply comes this much later.' },
  { name: 'every-500', what: 'Every request is answered with 500 and an opaque error id.' },
  { name: 'html-instead-of-json', what: 'Every reply is a web page with status 200, as a captive portal sends it.' },
  { name: 'empty-body', what: 'Every reply has status 200 and no body.' },
  { name: 'truncated-reply', what: 'Replies end in the middle of the body: the connection is closed.' },
  { name: 'endless-reply', what: 'Replies begin and then go on with blanks for ever.' },
  { name: '503-with-retry-after', amount: 'seconds (1)', what: 'Every request is answered with 503 and a Retry-After header.' },
  { name: 'not-answering', what: 'Requests are taken and never answered.' },
  { name: 'upload-cut-midway', amount: 'bytes (65536)', what: 'The connection is reset once so much of an upload has arrived.' },
  { name: 'upload-sha-mismatch', what: 'An upload is refused with 400, as one whose bytes have another sha256.' },
  { name: 'upload-slow', amount: 'bytes per second (65536)', what: 'Uploads are taken in no faster than this, each.' },
  { name: 'lose-reply-of-post', what: 'A step is stored, and the connection is closed before its answer.' },
  { name: 'quota-exceeded', what: 'No object is taken any more: 500 "Quota exceeded; …".' },
  { name: 'signed-url-expired', what: 'Signed URLs are refused with 403, as those that are older than a day.' },
  { name: 'range-ignored', what: 'Downloads answer a Range with the whole object and 200, as hubs with their objects on S3 do.' },
  { name: 'gc-unreachable', what: 'Deleting a device fails with 500: the service that marks garbage does not answer.' },
  { name: 'redirect-to-elsewhere', what: 'Every request is answered with 307 to another origin.' },
  { name: 'foreign-ph-aeps', what: 'The 401 challenge names another host as the place to log in at.' },
  { name: 'foreign-pvrremote', what: 'The URLs in .pvrremote and signed URLs name another host.' },
] as const satisfies readonly HubFaultDescription[];

export type HubFaultName = (typeof HUB_FAULTS)[number]['name'];

/** A number is the amount, a text the beginning of the paths that the fault is limited to. */
export type HubFaultValue =
  | number
  | string
  | { readonly amount?: number; readonly path?: string; readonly method?: string; readonly times?: number };

export interface HubFaults {
  /** `times` lets it happen so often and then clears it. */
  set(name: HubFaultName, value?: HubFaultValue): void;
  /** One, or all. */
  clear(name?: HubFaultName): void;
}

export interface FaultSwitches extends HubFaults {
  /** Whether it strikes this request, which counts as one time; the amount, or `otherwise` where none was given. */
  strikes(
    name: HubFaultName,
    request: { readonly method: string; readonly path: string },
    otherwise?: number,
  ): number | undefined;
  /** Told of every change of `down`. */
  onDown(listener: (down: boolean) => void): void;
}

type Setting = { readonly amount?: number; readonly path?: string; readonly method?: string; times: number };

export function createFaults(): FaultSwitches {
  const settings = new Map<HubFaultName, Setting>();
  let downListener: (down: boolean) => void = () => {};
  return {
    set(name, value) {
      settings.set(name, settingOf(value));
      if (name === 'down') downListener(true);
    },
    clear(name) {
      const wasDown = settings.has('down');
      if (name === undefined) settings.clear();
      else settings.delete(name);
      if (wasDown && !settings.has('down')) downListener(false);
    },
    strikes(name, request, otherwise = 0) {
      const setting = settings.get(name);
      if (!setting) return undefined;
      if (setting.path !== undefined && !request.path.startsWith(setting.path)) return undefined;
      if (setting.method !== undefined && setting.method !== request.method) return undefined;
      setting.times -= 1;
      if (setting.times <= 0) settings.delete(name);
      return setting.amount ?? otherwise;
    },
    onDown(listener) {
      downListener = listener;
    },
  };
}

function settingOf(value: HubFaultValue | undefined): Setting {
  const forEver = Number.POSITIVE_INFINITY;
  if (typeof value === 'number') return { amount: value, times: forEver };
  if (typeof value === 'string') return { path: value, times: forEver };
  return { ...value, times: value?.times ?? forEver };
}
