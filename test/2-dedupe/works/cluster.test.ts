import { describe, expect, test } from "vitest";
import type { Mention } from "../../../pipeline/1-parse/mention.ts";
import { cluster } from "../../../pipeline/2-dedupe/works/cluster.ts";
import { compareFacts, GENERIC, mention } from "../../support/mentions.ts";

const STONES = "drones count stones along a river every morning";
const BIRDS = "cheap microphones hear birds in old orchards";
const OWLS = "Listening for owls in orchards after midnight";

/** The groups as lists of mention ids. */
const groups = (mentions: readonly Mention[]) =>
  cluster(mentions).map((members) => members.map((member) => member.mention.mention_id));

/** Each mention's tie by its id. */
const ties = (mentions: readonly Mention[]) =>
  Object.fromEntries(
    cluster(mentions).flatMap((group) => group.map(({ mention: m, tie }) => [m.mention_id, tie])),
  );

describe("groups", () => {
  test("are in the order of their first member, and their members in the order of ids", () => {
    const mentions = [
      mention("m_4"),
      mention("m_3", { title: OWLS }),
      mention("m_2"),
      mention("m_1", { title: OWLS }),
    ];
    expect(groups(mentions)).toEqual([
      ["m_1", "m_3"],
      ["m_2", "m_4"],
    ]);
  });

  test("come from no mention where there is none", () => {
    expect(cluster([])).toEqual([]);
  });

  test("join what only a third mention ties together", () => {
    const mentions = [
      mention("m_1", { title: OWLS, arxiv_id: "2401.00001" }),
      mention("m_2", { arxiv_id: "2401.00001" }),
      mention("m_3"),
    ];
    expect(groups(mentions)).toEqual([["m_1", "m_2", "m_3"]]);
  });

  test("leave mentions alone that share a key and are two works", () => {
    const mentions = ["m_1", "m_2", "m_3"].map((id) => mention(id, { title: GENERIC }));
    expect(groups(mentions)).toEqual([["m_1"], ["m_2"], ["m_3"]]);
  });

  test("find each work under a title that several works share", () => {
    const mentions = [STONES, BIRDS, STONES, BIRDS].map((abstract, i) =>
      mention(`m_${i}`, { title: GENERIC, abstract }),
    );
    expect(groups(mentions)).toEqual([
      ["m_0", "m_2"],
      ["m_1", "m_3"],
    ]);
  });

  test("find a work behind a hundred mentions of another one with the same title", () => {
    const crowd = Array.from({ length: 100 }, (_, i) => mention(`m_${i + 100}`, { abstract: STONES }));
    const pair = ["m_998", "m_999"].map((id) => mention(id, { abstract: BIRDS }));
    expect(groups([...crowd, ...pair]).map((group) => group.length)).toEqual([100, 2]);
  });
});

describe("a generic title", () => {
  const title = "Editorial";
  const who = { title, authors: ["Ada Quill", "Jan Reed"], year: 2020 };

  test("ties no mention to a group of which another member says nothing of it", () => {
    const mentions = [
      mention("m_1", { title, abstract: STONES }),
      mention("m_2", { ...who, abstract: STONES }),
      mention("m_3", who),
    ];
    expect(groups(mentions)).toEqual([["m_1", "m_2"], ["m_3"]]);
  });

  test("parts nothing that identifiers tie", () => {
    const mentions = [
      mention("m_1", { title, arxiv_id: "2401.00001" }),
      mention("m_2", { title, arxiv_id: "2401.00001", doi: "10.1234/one" }),
      mention("m_3", { title, doi: "10.1234/one" }),
    ];
    expect(groups(mentions)).toEqual([["m_1", "m_2", "m_3"]]);
  });
});

describe("a veto", () => {
  test("between the two ends of a chain keeps one end apart", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001" }),
      mention("m_2", { arxiv_id: "2401.00002" }),
      mention("m_3"),
    ];
    expect(groups(mentions)).toEqual([["m_1", "m_3"], ["m_2"]]);
  });

  test("between members that are not tied themselves forbids to join their groups", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001", doi: "10.1234/one", title: OWLS }),
      mention("m_2", { arxiv_id: "2401.00001" }),
      mention("m_3", { doi: "10.1234/two" }),
    ];
    expect(compareFacts({}, { doi: "10.1234/two" }).same).toBe(true);
    expect(groups(mentions)).toEqual([["m_1", "m_2"], ["m_3"]]);
  });

  test("leaves no tie behind: what it keeps alone is single", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001" }),
      mention("m_2", { arxiv_id: "2401.00002" }),
      mention("m_3"),
    ];
    expect(ties(mentions)["m_2"]).toBeNull();
  });

  test("gives a mention to the side with the stronger tie", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001", abstract: "one two three four five six" }),
      mention("m_2", { arxiv_id: "2401.00002", abstract: "four five six seven eight nine" }),
      mention("m_3", { abstract: "four five six seven eight nine" }),
    ];
    expect(groups(mentions)).toEqual([["m_1"], ["m_2", "m_3"]]);
  });
});

describe("a member's tie", () => {
  test("is null where there is no other member", () => {
    expect(ties([mention("m_1"), mention("m_2", { title: OWLS })])).toEqual({ m_1: null, m_2: null });
  });

  test("names the rule and the strength of its own strongest tie", () => {
    const mentions = [
      mention("m_1", { arxiv_id: "2401.00001", abstract: "one two three four five six" }),
      mention("m_2", { arxiv_id: "2401.00001", title: OWLS }),
      mention("m_3", { abstract: "four five six seven eight nine" }),
    ];
    const found = ties(mentions);
    expect(found["m_1"]).toMatchObject({ rule: "same_arxiv_id", score: 1 });
    expect(found["m_2"]).toMatchObject({ rule: "same_arxiv_id", score: 1 });
    expect(found["m_3"]).toMatchObject({ rule: "same_title", score: 0.75 });
  });

  test("by DOI carries the likeness of the titles", () => {
    const mentions = [
      mention("m_1", { doi: "10.1234/one", title: "one two six" }),
      mention("m_2", { doi: "10.1234/one", title: "six two four" }),
    ];
    expect(ties(mentions)["m_2"]).toMatchObject({ rule: "same_doi", score: 0.5 });
  });
});
