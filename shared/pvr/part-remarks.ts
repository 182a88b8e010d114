/** Sentences about what taking parts does that a person may not expect of their names. */
export function partRemarks(taking: {
  readonly here: ReadonlyMap<string, string>;
  readonly there: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly wish: { readonly take: readonly string[]; readonly leave: readonly string[] };
  readonly isExactCli: boolean;
  readonly mode: 'get' | 'merge';
}): readonly string[] {
  const { wish, mode } = taking;
  const takes = wish.take.map(folderOf);
  return [
    ...takes.flatMap((part) => notThere(part, taking)),
    ...takes.flatMap((part) => beside(part, taking)),
    ...(taking.isExactCli ? byPrefix(taking) : []),
    ...(mode === 'merge' ? wish.leave.flatMap((part) => replaced(folderOf(part), taking)) : []),
  ];
}

type Taking = Parameters<typeof partRemarks>[0];

/** pvr says nothing about a part that the other side does not have: the part here is simply gone. */
function notThere(part: string, { here, there, after, mode }: Taking): readonly string[] {
  if (hasPart(there, part)) return [];
  if (!hasPart(here, part)) return [`There is no ${part}, neither there nor here.`];
  if (mode === 'merge') return [`There is no ${part} where it comes from: the one here stays as it is.`];
  return hasPart(after, part) ? [] : [`There is no ${part} where it comes from: the one here goes.`];
}

/** A part's signature and configuration have keys of their own, which are no part of it (pvr.md §3.1). */
function beside(part: string, { here, there, wish }: Taking): readonly string[] {
  if (part.includes('/') || part.startsWith('_')) return [];
  const others: readonly (readonly [string, string])[] = [
    [`_sigs/${part}.json`, 'signature'],
    [`_config/${part}`, 'configuration'],
  ];
  return others.flatMap(([key, name]) => {
    if (wish.take.some((one) => isUnder(key, folderOf(one)))) return [];
    if (hasPart(there, key)) return [`The ${name} ${key} is not part of ${part}. Name it as well to take it: ${part},${key}.`];
    return hasPart(here, key) ? [`The ${name} ${key} is not part of ${part}: the one here stays.`] : [];
  });
}

/** pvr removes by raw prefix, so that another part goes whose name only begins the same. */
function byPrefix({ here, after, wish }: Taking): readonly string[] {
  const causes = [...wish.take, ...wish.leave];
  const lost = new Map<string, { count: number; readonly cause: string }>();
  for (const key of here.keys()) {
    if (after.has(key)) continue;
    const cause = causes.find((part) => key.startsWith(part));
    if (cause === undefined || causes.some((part) => isUnder(key, folderOf(part)))) continue;
    const part = key.split('/')[0] ?? key;
    const known = lost.get(part);
    if (known === undefined) lost.set(part, { count: 1, cause });
    else known.count += 1;
  }
  return [...lost].map(
    ([part, { count, cause }]) =>
      `${part} goes (${count === 1 ? '1 entry' : `${count} entries`}): pvr removes everything whose name begins with “${cause}”.`,
  );
}

function replaced(part: string, { there, wish }: Taking): readonly string[] {
  const isTaken = wish.take.length === 0 || wish.take.some((one) => isUnder(part, folderOf(one)));
  return isTaken && hasPart(there, part)
    ? [`With a merge, -${part} removes what is here before it: ${part} becomes what it is there.`]
    : [];
}

function hasPart(members: ReadonlyMap<string, string>, part: string): boolean {
  if (members.has(part)) return true;
  for (const key of members.keys()) if (key.startsWith(`${part}/`)) return true;
  return false;
}

function isUnder(key: string, folder: string): boolean {
  return key === folder || key.startsWith(`${folder}/`);
}

function folderOf(part: string): string {
  return part.replace(/\/+$/, '');
}
