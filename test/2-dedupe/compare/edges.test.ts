import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Edge, Edges, TIE_RULES } from "../../../pipeline/2-dedupe/compare/edges.ts";
import { MATCH_RULES } from "../../../schemas/vocabularies.ts";

const anyEdge: fc.Arbitrary<Edge> = fc
  .record({
    a: fc.nat(5),
    b: fc.nat(5),
    rule: fc.constantFrom(...TIE_RULES),
    score: fc.constantFrom(0.25, 0.5, 1 / 3, 1),
  })
  .map((edge) => ({ ...edge, a: Math.min(edge.a, edge.b), b: Math.max(edge.a, edge.b) }));

const edgesOf = (all: readonly Edge[]) => {
  const edges = new Edges();
  for (const edge of all) edges.add(edge);
  return edges;
};
const strongestFirst = (all: readonly Edge[]) =>
  all.toSorted((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);

describe("ties", () => {
  test("come strongest first, of equals in the order of their places", () => {
    fc.assert(
      fc.property(fc.array(anyEdge), (all) => {
        expect([...edgesOf(all).strongestFirst()]).toEqual(strongestFirst(all));
      }),
    );
  });

  test("that other threads found are among them as if they had been found here", () => {
    fc.assert(
      fc.property(fc.array(anyEdge), fc.array(anyEdge), (here, there) => {
        const edges = edgesOf(here);
        edges.addAll(structuredClone(edgesOf(there).numbers()));
        expect([...edges.strongestFirst()]).toEqual(strongestFirst([...here, ...there]));
      }),
    );
  });

  test("are by every rule there is but the one of mentions alone", () => {
    expect([...TIE_RULES, "single"].sort()).toEqual(Object.keys(MATCH_RULES).sort());
  });
});
