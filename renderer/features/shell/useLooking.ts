import { useDocumentVisibility } from '@mantine/hooks';
import { skipToken } from '@tanstack/react-query';
import { orpc, useLive } from '../../rpc.ts';

/** Tells the backend that a person can see this window, for as long as it is so: while nobody can, devices are asked rarely. */
export function useLooking(): void {
  const isVisible = useDocumentVisibility() === 'visible';
  useLive(orpc.fleet.looking, isVisible ? undefined : skipToken);
}
