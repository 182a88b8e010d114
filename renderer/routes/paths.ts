/** The addresses of the screens, inside the hash of the window's address. A revision's name may hold a slash. */
export const paths = {
  /** A view of the fleet and the filter in it; without both as it was left. */
  fleet: (place: { readonly view?: string; readonly filter?: string } = {}) =>
    Object.keys(place).length === 0 ? '/' : `/?${new URLSearchParams(place)}`,
  activity: () => '/activity',
  settings: (section?: SettingsSection) => (section === undefined ? '/settings' : `/settings/${section}`),
  /** Restart policies, container by device. */
  policies: () => '/policies',
  /** The pvr checkouts on this computer, and one of them. */
  checkouts: () => '/checkouts',
  checkout: (id: string, tab: CheckoutTab = 'changes') => (tab === 'changes' ? `/checkout/${id}` : `/checkout/${id}/${tab}`),
  /** The same sides as `compare` has, but for a revision's bare name: no device is meant. */
  checkoutCompare: (id: string, a: string, b: string) => `/checkout/${id}/compare?${new URLSearchParams({ a, b })}`,
  /** How often the forecast was right. */
  fidelity: (updateId?: string) =>
    updateId === undefined ? '/fidelity' : `/fidelity?${new URLSearchParams({ update: updateId })}`,
  /** One change on its way to several devices. */
  series: (seriesId: string) => `/series/${seriesId}`,
  /** How every device differs from a revision of this one, or from a draft (`draft:ID`). */
  differences: (id: string, reference: string) => `/device/${id}/differences?${new URLSearchParams({ reference })}`,
  /** Why can't I reach it? */
  diagnosis: (id: string) => `/device/${id}/diagnosis`,
  device: (id: string, tab: DeviceTab = 'timeline') => (tab === 'timeline' ? `/device/${id}` : `/device/${id}/${tab}`),
  /**
   * A side is a revision's name, `current`, `draft:ID`, another device's state: `device:ID:REVISION`, `checkout:ID:working`,
   * `checkout:ID:commit`, or `export:PATH`.
   */
  compare: (id: string, a: string, b: string) => `/device/${id}/compare?${new URLSearchParams({ a, b })}`,
  draft: (id: string, draftId: string) => `/device/${id}/draft/${draftId}`,
  post: (id: string, draftId: string) => `/device/${id}/draft/${draftId}/post`,
  update: (id: string, updateId: string) => `/device/${id}/update/${updateId}`,
} as const;

export const deviceTabs = ['timeline', 'containers', 'state', 'logs', 'metadata', 'terminal'] as const;
export type DeviceTab = (typeof deviceTabs)[number];

export function isDeviceTab(text: string | undefined): text is DeviceTab {
  return deviceTabs.some((tab) => tab === text);
}

export const checkoutTabs = ['changes', 'files', 'apps', 'signatures', 'remote'] as const;
export type CheckoutTab = (typeof checkoutTabs)[number];

export function isCheckoutTab(text: string | undefined): text is CheckoutTab {
  return checkoutTabs.some((tab) => tab === text);
}

export const settingsSections = ['general', 'accounts', 'keys', 'hosts', 'signers', 'storage', 'about'] as const;
export type SettingsSection = (typeof settingsSections)[number];

export function isSettingsSection(text: string | undefined): text is SettingsSection {
  return settingsSections.some((section) => section === text);
}
