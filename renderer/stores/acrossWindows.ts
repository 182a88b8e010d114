interface KeptStore {
  readonly persist: { getOptions(): { readonly name?: string }; rehydrate(): unknown };
}

/** Lets a kept store follow what other windows of this browser write, so that the last one to write takes nothing away. */
export function acrossWindows(store: KeptStore): void {
  if (typeof window === 'undefined') return;
  window.addEventListener('storage', ({ key }) => {
    if (key !== null && key === store.persist.getOptions().name) store.persist.rehydrate();
  });
}
