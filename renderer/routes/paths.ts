/** The addresses of the screens, inside the hash of the window's address. A revision's name may hold a slash. */
export const paths = {
  fleet: () => '/',
  activity: () => '/activity',
  settings: () => '/settings',
  device: (id: string, tab: DeviceTab = 'timeline') => (tab === 'timeline' ? `/device/${id}` : `/device/${id}/${tab}`),
  compare: (id: string, a: string, b: string) => `/device/${id}/compare?${new URLSearchParams({ a, b })}`,
  draft: (id: string, draftId: string) => `/device/${id}/draft/${draftId}`,
  post: (id: string, draftId: string) => `/device/${id}/draft/${draftId}/post`,
  update: (id: string, updateId: string) => `/device/${id}/update/${updateId}`,
} as const;

export const deviceTabs = ['timeline', 'containers', 'state', 'logs', 'metadata'] as const;
export type DeviceTab = (typeof deviceTabs)[number];

export function isDeviceTab(text: string | undefined): text is DeviceTab {
  return deviceTabs.some((tab) => tab === text);
}
