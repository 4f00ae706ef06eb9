import { describe, expect, test } from "vitest";
import { cluster } from "../../../pipeline/2-dedupe/works/cluster.ts";
import { type Override, overridesIn } from "../../../pipeline/2-dedupe/works/overrides.ts";
import { mention } from "../../support/mentions.ts";

const A = "m_000000000000000a";
const B = "m_000000000000000b";
const C = "m_000000000000000c";
const HEAD = "action,mention_a,mention_b,reason\n";
const of = (action: Override["action"], mention_a: string, mention_b: string): Override => ({
  action,
  mention_a,
  mention_b,
  reason: "seen",
});
const OWLS = { title: "Listening for owls in orchards after midnight" };

const groups = (overrides: readonly Override[], ...mentions: readonly ReturnType<typeof mention>[]) =>
  cluster(mentions, overrides).map((members) => members.map((member) => member.mention.mention_id));

describe("a file of overrides", () => {
  test("has what to do, two mentions and a reason a line", () => {
    expect(
      overridesIn(
        `\ufeff${HEAD}merge,${A},${B}, the same talk \n\nsplit,${A},${C},"part I, part II"\n`,
        "o.csv",
      ),
    ).toEqual([
      { action: "merge", mention_a: A, mention_b: B, reason: "the same talk" },
      { action: "split", mention_a: A, mention_b: C, reason: "part I, part II" },
    ]);
    expect(overridesIn(HEAD, "o.csv")).toEqual([]);
  });

  test.each([
    [`join,${A},${B},x`, 'o.csv, line 2: action is "join"; it takes merge or split.'],
    [`merge,p_1,${B},x`, 'o.csv, line 2: "p_1" is no mention_id; take them from the table mentions.'],
    [`merge,${A},${A},x`, "o.csv, line 2: both mentions are one; name two different ones."],
    [`merge,${A},${B}, `, "o.csv, line 2: there is no reason; say why, for those who read it later."],
    [
      `merge,${A},${B},x\nsplit,${B},${A},y`,
      `o.csv both merges and splits ${A} and ${B}: keep one of the lines.`,
    ],
  ])("with %j is wrong usage, told with its line", (lines, message) => {
    expect(() => overridesIn(`${HEAD}${lines}\n`, "o.csv")).toThrow(
      expect.objectContaining({ code: "USAGE", message }),
    );
  });

  test("with too few cells is wrong usage", () => {
    expect(() => overridesIn(`${HEAD}merge,${A}\n`, "o.csv")).toThrow(
      expect.objectContaining({ code: "USAGE", message: expect.stringContaining("o.csv is no CSV") }),
    );
  });
});

describe("an override", () => {
  test("joins what every rule keeps apart, and says that it did", () => {
    const mentions = [
      mention(A, { arxiv_id: "2401.00001" }),
      mention(B, { ...OWLS, arxiv_id: "2401.00002" }),
    ];
    expect(groups([of("merge", B, A)], ...mentions)).toEqual([[A, B]]);
    const [work] = cluster(mentions, [of("merge", B, A)]);
    expect(work?.map(({ tie }) => tie)).toMatchObject([{ rule: "override" }, { rule: "override" }]);
  });

  test("parts what every rule joins", () => {
    expect(groups([of("split", A, B)], mention(A), mention(B))).toEqual([[A], [B]]);
  });

  test("parts two mentions though a third would bring them together", () => {
    const parted = groups([of("split", A, B)], mention(A), mention(B), mention(C));
    expect(parted).toHaveLength(2);
    expect(parted.some((ids) => ids.includes(A) && ids.includes(B))).toBe(false);
  });

  test("of a mention that is not there changes nothing", () => {
    expect(groups([of("split", A, C), of("merge", A, C)], mention(A), mention(B))).toEqual([[A, B]]);
  });
});

describe("a work that needs a look", () => {
  test("has more titles than works have", () => {
    const mentions = Array.from({ length: 12 }, (_, at) =>
      mention(`m_${at}`, { title: `A title of its own, the number ${at} of all`, arxiv_id: "2401.00001" }),
    );
    const [work] = cluster(mentions);
    expect(work).toHaveLength(12);
    expect(work?.[0]?.doubts).toEqual(["cluster_doubtful"]);
    expect(cluster(mentions.slice(0, 10))[0]?.[0]?.doubts).toEqual([]);
  });

  test("has an identifier that stands at another work too", () => {
    const doi = "10.1234/shared";
    const works = cluster([
      mention(A, { doi }),
      mention(B, { ...OWLS, doi }),
      mention(C, { title: "Rivers of the old north" }),
    ]);
    expect(works.map(([member]) => member?.doubts)).toEqual([
      ["shared_identifier"],
      ["shared_identifier"],
      [],
    ]);
  });
});
