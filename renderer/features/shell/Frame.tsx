import type { ReactNode } from 'react';

/** The frame around every screen. */
export function Frame({ children }: { children: ReactNode }) {
  return <main style={{ height: '100%' }}>{children}</main>;
}
