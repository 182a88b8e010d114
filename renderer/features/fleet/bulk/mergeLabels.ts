type Labels = Readonly<Record<string, string>>;

/** What is done to the labels of several devices: names that get a value, and names that go. */
export interface LabelChange {
  readonly set: Labels;
  readonly remove: readonly string[];
}

/** The labels of a device after a change; what the change does not name stays. */
export function labelsAfter(labels: Labels, { set, remove }: LabelChange): Labels {
  return { ...Object.fromEntries(Object.entries(labels).filter(([name]) => !remove.includes(name))), ...set };
}

/** Whether a change makes no difference to a device. */
export function leavesLabels(labels: Labels, change: LabelChange): boolean {
  const after = labelsAfter(labels, change);
  const names = Object.keys(after);
  return names.length === Object.keys(labels).length && names.every((name) => labels[name] === after[name]);
}

/** The names of labels on several devices, with how many have each and whether all of those have the same value. */
export function labelNames(
  devices: readonly { readonly labels: Labels }[],
): readonly { readonly name: string; readonly devices: number; readonly value: string | undefined }[] {
  const found = new Map<string, { devices: number; value: string | undefined }>();
  for (const { labels } of devices) {
    for (const [name, value] of Object.entries(labels)) {
      const before = found.get(name);
      if (before === undefined) found.set(name, { devices: 1, value });
      else found.set(name, { devices: before.devices + 1, value: before.value === value ? value : undefined });
    }
  }
  return [...found].map(([name, rest]) => ({ name, ...rest })).sort((a, b) => a.name.localeCompare(b.name));
}
