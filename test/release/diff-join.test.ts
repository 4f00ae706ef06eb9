import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { AnyRow } from "../../pipeline/4-emit/format.ts";
import { joinByKey, type Pair } from "../../pipeline/release/diff-join.ts";
import type { PlainRow } from "../support/rows.ts";

const side = (rows: readonly PlainRow[], name = "release 1.0.0") => ({
  rows: () => rows as readonly AnyRow[],
  table: "stones",
  side: name,
});
const join = (before: readonly PlainRow[], after: readonly PlainRow[], key = ["id"]): Promise<Pair[]> =>
  Array.fromAsync(joinByKey(side(before), side(after, "release 1.1.0"), key));

const ids = fc.uniqueArray(fc.string({ maxLength: 3, unit: fc.constantFrom("a", "b", "~", "é") }));
const sorted = (all: readonly string[]) => all.toSorted((a, b) => (a < b ? -1 : 1));

describe("rows of two sorted tables", () => {
  test("meet by key: every row of both stands in one pair, in the order of keys", async () => {
    await fc.assert(
      fc.asyncProperty(ids, ids, async (left, right) => {
        const pairs = await join(
          sorted(left).map((id) => ({ id, side: "before" })),
          sorted(right).map((id) => ({ id, side: "after" })),
        );
        const expected = sorted([...new Set([...left, ...right])]).map((id) => ({
          before: left.includes(id) ? { id, side: "before" } : null,
          after: right.includes(id) ? { id, side: "after" } : null,
        }));
        expect(pairs).toEqual(expected);
      }),
    );
  });

  test("meet only where every column of the key agrees", async () => {
    const [early, late] = [
      { id: "a", at: "2026-01" },
      { id: "a", at: "2026-02" },
    ];
    expect(await join([early], [late], ["id", "at"])).toEqual([
      { before: early, after: null },
      { before: null, after: late },
    ]);
    expect(await join([early], [late], ["id"])).toEqual([{ before: early, after: late }]);
  });

  test("are taken apart where one column of the key ends and the next begins", async () => {
    expect(await join([{ a: "x", b: "yz" }], [{ a: "xy", b: "z" }], ["a", "b"])).toHaveLength(2);
  });
});

describe("rows that are not in the order of their keys", () => {
  test.each<readonly [string, readonly PlainRow[], readonly PlainRow[]]>([
    ["of the earlier side", [{ id: "b" }, { id: "a" }], []],
    ["of the later side", [{ id: "a" }], [{ id: "b" }, { id: "a" }]],
    ["of one key", [{ id: "a" }, { id: "a" }], []],
  ])("%s are never compared", async (_rule, before, after) => {
    await expect(join(before, after)).rejects.toMatchObject({
      code: "RELEASE_DAMAGED",
      message: expect.stringMatching(
        /^Rows of stones in release 1\.[01]\.0 are not in the order of their keys \(a follows [ab]\).*Run verify/,
      ),
    });
  });
});

test("both sides are let go of when reading stops early", async () => {
  const closed: string[] = [];
  const open = (name: string) => ({
    ...side([]),
    async *rows() {
      try {
        yield* [{ id: "a" }, { id: "b" }, { id: "c" }];
      } finally {
        closed.push(name);
      }
    },
  });
  for await (const _pair of joinByKey(open("before"), open("after"), ["id"])) break;
  expect(closed.sort()).toEqual(["after", "before"]);
});
