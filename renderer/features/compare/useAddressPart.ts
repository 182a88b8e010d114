import { useEffect, useState } from 'react';
import { useLocation, useSearch } from 'wouter';

/** The address follows this long after the last change, in milliseconds: browsers refuse to be asked too often. */
const addressDelay = 300;

/** A piece of a screen's state that is part of its address, so that a reload and a copied address keep it. Not a step of its own in the history. */
export function useAddressPart(name: string): readonly [string | undefined, (value: string | undefined) => void] {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const [value, setValue] = useState(() => new URLSearchParams(search).get(name) ?? undefined);
  useEffect(() => {
    const now = new URLSearchParams(search);
    if ((now.get(name) ?? undefined) === value) return;
    const timer = setTimeout(() => {
      if (value === undefined) now.delete(name);
      else now.set(name, value);
      navigate(now.size === 0 ? path : `${path}?${now}`, { replace: true });
    }, addressDelay);
    return () => clearTimeout(timer);
  }, [name, value, path, search, navigate]);
  return [value, setValue];
}
