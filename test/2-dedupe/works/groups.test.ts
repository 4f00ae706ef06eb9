import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Groups } from "../../../pipeline/2-dedupe/works/groups.ts";

const PLACES = 12;
const anyJoins = fc.array(fc.tuple(fc.nat(PLACES - 1), fc.nat(PLACES - 1)), { maxLength: 30 });

/** The same as sets of places: the group of each place, shared by its members. */
function modelOf(joins: readonly (readonly [number, number])[]): Set<number>[] {
  const groups = Array.from({ length: PLACES }, (_, at) => new Set([at]));
  for (const [a, b] of joins) {
    const [x, y] = [groups[a] ?? new Set<number>(), groups[b] ?? new Set<number>()];
    if (x === y) continue;
    for (const at of y) {
      x.add(at);
      groups[at] = x;
    }
  }
  return groups;
}

/** Joins the groups of two places, unless they are one. */
function join(groups: Groups, a: number, b: number): number {
  const [left, right] = [groups.nameOf(a), groups.nameOf(b)];
  return left === right ? left : groups.join(left, right);
}

const inOrder = (places: Iterable<number>) => [...places].sort((a, b) => a - b);

describe("groups", () => {
  test("have the members, sizes and first places of sets that are joined alike", () => {
    fc.assert(
      fc.property(anyJoins, (joins) => {
        const groups = new Groups(PLACES);
        for (const [a, b] of joins) join(groups, a, b);
        const model = modelOf(joins);
        for (const [at, members] of model.entries()) {
          const name = groups.nameOf(at);
          expect(inOrder(groups.membersOf(name))).toEqual(inOrder(members));
          expect(groups.sizeOf(name)).toBe(members.size);
          expect(groups.firsts()[at]).toBe(Math.min(...members));
          for (const member of members) expect(groups.nameOf(member)).toBe(name);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("are called by one of their members, and begin with it", () => {
    fc.assert(
      fc.property(anyJoins, (joins) => {
        const groups = new Groups(PLACES);
        for (const [a, b] of joins) join(groups, a, b);
        for (let at = 0; at < PLACES; at += 1) {
          const name = groups.nameOf(at);
          expect([...groups.membersOf(name)][0]).toBe(name);
          expect(groups.nameOf(name)).toBe(name);
        }
      }),
    );
  });

  test("are called as the larger of two was, of two equally large ones as the first", () => {
    const groups = new Groups(6);
    expect(groups.join(3, 1)).toBe(3);
    expect(groups.join(5, 3)).toBe(3);
    expect(groups.join(0, 2)).toBe(0);
    expect(groups.join(0, 3)).toBe(3);
    expect([...groups.firsts()]).toEqual([0, 0, 0, 0, 4, 0]);
  });

  test("are as many as there are places, until some are joined", () => {
    const groups = new Groups(3);
    expect([...groups.firsts()]).toEqual([0, 1, 2]);
    expect([...groups.membersOf(1)]).toEqual([1]);
    expect([...new Groups(0).firsts()]).toEqual([]);
  });
});
