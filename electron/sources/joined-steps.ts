import type { StepReport } from './source.ts';

/** What the two sides list. `deviceAnswered`: the device's list is of now, not of when it was last heard. */
export interface BothTrails {
  readonly lan: readonly StepReport[];
  readonly hub: readonly StepReport[];
  readonly deviceAnswered: boolean;
}

/**
 * The union by name. What the device says of a revision's progress wins while it answers; who posted it and when is the hub's word,
 * because the device dates a revision by when it got it.
 */
export function joinSteps({ lan, hub, deviceAnswered }: BothTrails): readonly StepReport[] {
  const ofHub = new Map(hub.map((step) => [step.name, step]));
  const onDevice = new Set(lan.map((step) => step.name));
  const joined = lan.map((step) => {
    const there = ofHub.get(step.name);
    return there === undefined ? step : both(step, there, deviceAnswered);
  });
  return [...joined, ...hub.filter((step) => !onDevice.has(step.name))];
}

function both(device: StepReport, hub: StepReport, deviceAnswered: boolean): StepReport {
  const { hubOnly: _no, ...step } = hub;
  const progress = deviceAnswered ? (device.progress ?? hub.progress) : (hub.progress ?? device.progress);
  return { ...step, message: device.message || hub.message, progress };
}
