import { type RefObject, useEffect, useRef } from 'react';

/** Gives the focus to a field when its form appears in a dialog that is open already; a dialog that opens finds its own first field. */
export function useFirstFocus(): RefObject<HTMLInputElement | null> {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return field;
}
