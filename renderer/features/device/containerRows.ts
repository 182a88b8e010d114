import type { ContainerReport } from '../../../shared/contract/device.ts';
import { type Container, containersOf } from '../../../shared/state/containers.ts';
import { parseState } from '../../../shared/state/state.ts';
import { strings } from '../../strings/device.ts';
import type { Meaning } from '../../ui/meaning.ts';

/** A container as the device reports it, with what the running state says about where its restart policy comes from. */
export interface ContainerRow {
  readonly report: ContainerReport;
  readonly policy: string | undefined;
  readonly policyFrom: string | undefined;
}

/** Joins the device's report with the running state, whose text may not be there yet or may not be readable. */
export function containerRows(reports: readonly ContainerReport[], stateText: string | undefined): readonly ContainerRow[] {
  const known = stateText === undefined ? [] : readContainers(stateText);
  const byName = new Map(known.map((container) => [container.name, container]));
  return reports.map((report) => {
    const container = byName.get(report.name);
    return {
      report,
      policy: report.restartPolicy ?? container?.restartPolicy.policy,
      policyFrom: container === undefined ? undefined : originWords(container),
    };
  });
}

function readContainers(text: string): readonly Container[] {
  const parsed = parseState(text);
  return parsed.ok ? containersOf(parsed.state) : [];
}

function originWords({ restartPolicy }: Container): string {
  switch (restartPolicy.from) {
    case 'own':
      return strings.fromOwn;
    case 'group':
      return strings.fromGroup(restartPolicy.group ?? '');
    case 'default':
      return strings.fromDefault;
  }
}

const statusMeanings: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['READY', 'ok'],
  ['STARTED', 'ok'],
  ['MOUNTED', 'ok'],
  ['INSTALLED', 'none'],
  ['STOPPED', 'none'],
  ['BLOCKED', 'warning'],
  ['STARTING', 'moving'],
  ['STOPPING', 'moving'],
  ['RECOVERING', 'error'],
]);

/** What a container's status stands for; one that is not known is shown as it is. */
export function meaningOfContainer(status: string): Meaning {
  return statusMeanings.get(status.toUpperCase()) ?? 'none';
}
