/** Which known names were perhaps meant by one that is not known. */
import leven from "leven";

/**
 * The names nearest to `given`, several where they are equally near, none where all are far: more
 * than a third of the letters would have to change. Names that go on where `given` ends are near.
 * Case says nothing, nor does `prefix`, which all names have and people leave out.
 */
export function nearestNames(
  given: string,
  names: readonly string[],
  prefix = "",
): readonly string[] {
  const plain = (name: string): string => {
    const lower = name.toLowerCase();
    return lower.startsWith(prefix.toLowerCase()) ? lower.slice(prefix.length) : lower;
  };
  const wanted = plain(given);
  const same = names.filter((name) => plain(name) === wanted);
  if (same.length > 0) return same;
  const longer = names.filter((name) => wanted.length > 1 && plain(name).startsWith(wanted));
  if (longer.length > 0) return longer;
  const distances = names.map((name) => leven(wanted, plain(name)));
  const least = Math.min(...distances);
  return names.filter((name, i) => {
    const letters = Math.max(wanted.length, plain(name).length);
    return distances[i] === least && least <= Math.max(1, Math.floor(letters / 3));
  });
}

/** `did you mean MC1x2 or MC2x2?`; undefined without any name. */
export function didYouMean(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const list = [...names];
  const last = list.pop();
  return `did you mean ${list.length === 0 ? last : `${list.join(", ")} or ${last}`}?`;
}
