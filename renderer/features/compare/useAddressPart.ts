import { useEffect, useRef, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { beforeLeaving, currentPath } from '../../routes/hashLocation.ts';

/** The address follows this long after the last change, in milliseconds: browsers refuse to be asked too often. */
const addressDelay = 300;

/**
 * A piece of a screen's state that is part of its address, so that a reload and a copied address keep it. It is no step of its
 * own in the history; an address that somebody goes to wins over what is shown.
 */
export function useAddressPart(name: string): readonly [string | undefined, (value: string | undefined) => void] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const inAddress = new URLSearchParams(search).get(name) ?? undefined;
  const [value, setValue] = useState(inAddress);
  const written = useRef(inAddress);

  useEffect(() => {
    if (inAddress === written.current) return;
    written.current = inAddress;
    setValue(inAddress);
  }, [inAddress]);

  useEffect(() => {
    if (written.current === value) return;
    const write = () => {
      // The person may have left: a screen stays mounted, hidden, while the next one is loaded.
      if (currentPath() !== path || written.current === value) return;
      written.current = value;
      const next = new URLSearchParams(search);
      if (value === undefined) next.delete(name);
      else next.set(name, value);
      navigate(next.size === 0 ? path : `${path}?${next}`, { replace: true });
    };
    const timer = setTimeout(write, addressDelay);
    const stop = beforeLeaving(write);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [name, value, path, search, navigate]);

  return [value, setValue];
}
