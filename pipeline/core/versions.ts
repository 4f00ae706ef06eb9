/** Order of versions by their three numbers: negative when the first is the earlier one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  const different = left.findIndex((number, i) => number !== right[i]);
  return different === -1 ? 0 : (left[different] ?? 0) - (right[different] ?? 0);
}
