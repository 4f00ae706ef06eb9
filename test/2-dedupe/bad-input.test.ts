import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { areApart, areOne, groups } from "../support/groups.ts";
import { SPEAKING } from "../support/mentions.ts";

/** Runs and says how long it took, in seconds. */
function timed<T>(run: () => T): readonly [T, number] {
  const start = performance.now();
  return [run(), (performance.now() - start) / 1000];
}
const many = <T>(count: number, make: (at: number) => T) =>
  Array.from({ length: count }, (_, at) => make(at));
const TWO = ["Ada Quill", "Jan Reed"];

describe("titles", () => {
  test.each(["", "   ", "…", "🚁🚁🚁", "?!"])("%j stands for no work", (title) => {
    areApart({ title }, { title }, { title: "" });
    areApart({ title, authors: TWO, year: 2020 }, { title, authors: TWO, year: 2020 });
  });

  test("that are missing part nothing that an identifier ties", () => {
    areOne({ title: "", arxiv_id: "2401.00001" }, { title: SPEAKING, arxiv_id: "2401.00001v2" });
  });

  test("of 100 kB are compared like others, and quickly", () => {
    const long = "stones and rivers ".repeat(6_000);
    const [found, seconds] = timed(() =>
      groups({ title: long }, { title: long }, { title: `${long} owls` }, { title: "a".repeat(100_000) }),
    );
    expect(found[0]).toEqual(expect.arrayContaining([0, 1]));
    expect(found.at(-1)).toEqual([3]);
    expect(seconds).toBeLessThan(5);
  });

  test("of 100 kB of one script without spaces are compared quickly", () => {
    const [found, seconds] = timed(() =>
      groups({ title: "石".repeat(50_000) }, { title: "石头".repeat(50_000) }),
    );
    expect(found).toHaveLength(2);
    expect(seconds).toBeLessThan(5);
  });

  test.each([
    [
      "Chinese",
      "用无人机数河流中的石头和沙子并报告其大小",
      "用无人机数河流中的石头和沙子，并报告其大小！",
      "用麦克风听果园夜里猫头鹰的叫声并报告其位置",
    ],
    [
      "Japanese",
      "ドローンで川の石を数えて大きさを毎朝報告する",
      "ドローンで川の石を数えて、大きさを毎朝報告する。",
      "マイクで果樹園の夜のフクロウの声を聞き分ける",
    ],
    ["Thai", "การนับก้อนหินในแม่น้ำด้วยโดรน", "การนับก้อนหินในแม่น้ำ ด้วยโดรน", "การฟังเสียงนกฮูกในสวนผลไม้ตอนกลางคืน"],
    [
      "Arabic",
      "عد حجارة النهر بطائرات صبورة بدون طيار",
      "عد حجارة النهر، بطائرات صبورة بدون طيار",
      "سماع البوم في البساتين القديمة ليلا وشتاء",
    ],
    [
      "Hebrew",
      "ספירת אבני נהר בעזרת רחפנים סבלניים",
      "ספירת אבני נהר - בעזרת רחפנים סבלניים",
      "האזנה לינשופים בפרדסים ישנים בלילות חורף",
    ],
  ])("in %s are one work with other punctuation and two with other words", (_script, x, same, other) => {
    const who = { authors: TWO, year: 2020 };
    expect(groups({ title: x, ...who }, { title: same, ...who }, { title: other, ...who })).toEqual([
      [0, 1],
      [2],
    ]);
  });

  test("in Chinese that differ in one of many letters are found and are one work with the same people", () => {
    const who = { authors: TWO, year: 2020 };
    areOne(
      { title: "用无人机数河流中的石头和沙子并报告其大小", ...who },
      { title: "用无人机数河流里的石头和沙子并报告其大小", ...who },
    );
  });

  test("in Chinese of few letters do not stand alone", () => {
    areApart({ title: "石头研究" }, { title: "石头研究" });
  });

  test("with marks of direction are those without", () => {
    areOne({ title: `\u202b${SPEAKING}\u202c` }, { title: SPEAKING });
  });

  test("with emoji are those without", () => {
    areOne({ title: `🚁 ${SPEAKING} 🪨` }, { title: SPEAKING });
  });
});

describe("in bounded time", () => {
  test("5,000 equal records are one work", () => {
    const [found, seconds] = timed(() =>
      groups(...many(5_000, () => ({ authors: TWO, year: 2020, abstract: `${SPEAKING} every morning` }))),
    );
    expect(found.map((members) => members.length)).toEqual([5_000]);
    expect(seconds).toBeLessThan(10);
  });

  test("5,000 records of one generic title are 5,000 works", () => {
    const [found, seconds] = timed(() => groups(...many(5_000, () => ({ title: "Editorial" }))));
    expect(found).toHaveLength(5_000);
    expect(seconds).toBeLessThan(10);
  });

  test("one DOI at 1,000 different titles makes no giant work", () => {
    const word = (at: number) =>
      `w${"abcdefghij"[at % 10]}${"klmnopqrst"[Math.floor(at / 10) % 10]}${"uvwxyzabcd"[Math.floor(at / 100)]}`;
    const [found, seconds] = timed(() =>
      groups(
        ...many(1_000, (at) => ({
          doi: "10.1234/one",
          title: `${word(at)} ${word(999 - at)}x ${word(at)}y ${word(at)}z`,
        })),
      ),
    );
    expect(Math.max(...found.map((members) => members.length))).toBeLessThan(5);
    expect(seconds).toBeLessThan(10);
  });

  test("20,000 records of one title with different years are no giant work", () => {
    const known = (at: number): Partial<Mention> => ({
      year: 1000 + at,
      venue: "Journal of River Stones",
      authors: TWO,
    });
    const [found, seconds] = timed(() => groups(...many(20_000, known)));
    expect(found).toHaveLength(20_000);
    expect(seconds).toBeLessThan(45);
  }, 60_000);

  test("20,000 records of one title with a hundred different years and people are told apart as far as they can be", () => {
    const known = (at: number): Partial<Mention> => ({
      year: 1900 + (at % 100),
      authors: [`Ada ${"abcdefghij"[at % 7]}quill`, "Jan Reed"],
    });
    const [found, seconds] = timed(() => groups(...many(20_000, known)));
    expect(found.length).toBeGreaterThanOrEqual(100);
    expect(seconds).toBeLessThan(45);
  }, 60_000);

  test("3,000 works with one arXiv identifier each and one title are 3,000 works", () => {
    const [found, seconds] = timed(() =>
      groups(...many(3_000, (at) => ({ arxiv_id: `2401.${String(at).padStart(5, "0")}` }))),
    );
    expect(found).toHaveLength(3_000);
    expect(seconds).toBeLessThan(10);
  });

  test("lists of 3,000 authors are compared quickly", () => {
    const authors = many(3_000, (at) => `Ada${at % 7} Quill${at}`);
    const [, seconds] = timed(() =>
      groups(...many(30, (at) => ({ title: `${SPEAKING} ${"x".repeat(at)}`, authors }))),
    );
    expect(seconds).toBeLessThan(10);
  });
});

describe("papers of one collaboration, by the same people in one year", () => {
  const found = "quarks leptons muons gluons bosons photons kaons pions axions neutrinos".split(" ");
  const search = (at: number, people: number): Partial<Mention> => ({
    title: `Search for pairs of ${found[at % 10]} and ${found[(at + 3) % 10]} in proton collisions with the big stone detector`,
    authors: many(
      people,
      (i) => `${"ABCDEFGHIJ"[i % 10]}. ${found[i % 10]}${"klmnopqrst"[Math.floor(i / 10) % 10]}son`,
    ),
    year: 2020,
  });

  test("are works of their own", () => {
    areApart(...many(10, (at) => search(at, 40)));
  });

  test("are compared quickly, be there hundreds of people", () => {
    const [, seconds] = timed(() =>
      groups(
        ...many(10, (at) => search(at, 100)),
        ...many(10, (at) => ({ ...search(at, 100), authors: many(200, (i) => `Z. Wolo${at}nor${i}`) })),
      ),
    );
    expect(seconds).toBeLessThan(0.5);
  });
});
