import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { KnownProblem } from '../../../shared/contract/errors.ts';
import type { HubAddress, HubProbe } from '../../../shared/contract/hub.ts';
import { orpc, problemOf } from '../../rpc.ts';

export interface ProbeState {
  readonly asking: boolean;
  readonly answer: HubProbe | undefined;
  readonly problem: KnownProblem | undefined;
}

/** Asks what answers at an address; an answer holds for as long as the address stays as it was asked. */
export function useHubProbe(address: HubAddress | undefined): ProbeState & { readonly ask: (address: HubAddress) => void } {
  const { mutate: ask, reset, data, error, isPending } = useMutation(orpc.hub.probe.mutationOptions());
  const { url, ca } = address ?? {};
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is what makes the answer worthless
  useEffect(() => reset(), [url, ca, reset]);
  const problem = error !== null ? problemOf(error) : data?.kind === 'problem' ? data.problem : undefined;
  return { asking: isPending, answer: data, problem, ask };
}
