/** The parts that an export can be narrowed to, as `pvr export -p` has them: first folders, and of configuration and signatures their own. */
export function topParts(keys: readonly string[]): readonly string[] {
  const parts = new Set<string>();
  for (const key of keys) {
    const [first = '', second] = key.split('/');
    if (first === '#spec' || first === '') continue;
    parts.add(second !== undefined && (first === '_config' || first === '_sigs') ? `${first}/${second}` : first);
  }
  return [...parts].sort();
}
