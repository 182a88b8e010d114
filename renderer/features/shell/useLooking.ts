import { useDocumentVisibility } from '@mantine/hooks';
import { QueryObserver, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { liveQuery } from '../../rpc/liveQuery.ts';
import { orpc } from '../../rpc.ts';

/** Tells the backend that a person can see this window, for as long as it is so: while nobody can, devices are asked rarely. */
export function useLooking(): void {
  const queries = useQueryClient();
  const isVisible = useDocumentVisibility() === 'visible';
  useEffect(() => {
    if (!isVisible) return;
    // Leaving ends the stream, which is what the backend goes by.
    const looking = new QueryObserver(
      queries,
      liveQuery(orpc.fleet.looking, undefined, () => true),
    );
    return looking.subscribe(() => undefined);
  }, [queries, isVisible]);
}
