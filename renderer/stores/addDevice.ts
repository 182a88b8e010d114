import { create } from 'zustand';

interface AddDevice {
  readonly opened: boolean;
  open(): void;
  close(): void;
}

/** Whether the dialog that adds a device is open: it can be opened from the palette on any screen. */
export const useAddDevice = create<AddDevice>()((set) => ({
  opened: false,
  open: () => set({ opened: true }),
  close: () => set({ opened: false }),
}));
