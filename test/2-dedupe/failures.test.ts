import { describe, expect, test } from "vitest";
import type { Mention } from "../../pipeline/1-parse/mention.ts";
import { areApart, areOne } from "../support/groups.ts";
import { mention } from "../support/mentions.ts";

/** Failures of other tools that merge records, each as a case of its own. */

type Known = Partial<Mention>;
const SOURCES = ["a", "b", "c"].map((letter) => letter.repeat(64));
const titled = (...titles: readonly string[]) => titles.map((title): Known => ({ title }));

const ADA = ["Ada Quill"];
const TWO = ["Ada Quill", "Jan Reed"];
const JOURNAL = "Journal of River Stones";
const CONFERENCE = "Proceedings of the Conference on River Stones";
const TEXT = "small drones fly along a river at dawn and count every stone that lies on its banks";
const NIGHT = "microphones hung in old orchards tell owls apart by voice through long winter nights";

describe("generic titles", () => {
  test.each(["Editorial", "Preface", "Introduction", "Short notices", "Editor's Notes"])(
    "%s stands for as many works as there are mentions",
    (title) => {
      areApart(...Array.from({ length: 60 }, (_, i) => ({ title, year: 2000 + (i % 20) })));
      areApart({ title, authors: ADA, year: 2020 }, { title, authors: ["Jan Reed"], year: 2020 });
    },
  );

  test("a column that comes back every year is a work each year", () => {
    areApart(...[2019, 2020, 2021].map((year) => ({ title: "The river stones column", year, authors: ADA })));
  });

  test("a column that comes back within a year and in the next one is no work by its title and author", () => {
    const years = [2020, 2020, 2020, 2021];
    areApart(...years.map((year) => ({ title: "Book Review Column", year, authors: ADA })));
  });

  test("a column in three issues of one year is three works", () => {
    const column = { title: "Book Review Column", year: 2020, authors: ADA, venue: JOURNAL, volume: "5" };
    areApart({ ...column, number: "1", pages: "3" }, { ...column, number: "2", pages: "90" });
  });

  test("a column that two catalogues list once for a year and its author is one work", () => {
    const column = { title: "River notes", year: 2020, authors: ADA, venue: JOURNAL };
    areOne(...SOURCES.slice(0, 2).map((source_sha256) => ({ ...column, source_sha256 })));
  });

  test("an introduction to a track of two years is a work each year, with the same authors", () => {
    const track = { title: "Introduction to the stones track", authors: TWO, venue: CONFERENCE };
    areApart({ ...track, year: 2021 }, { ...track, year: 2022 });
  });

  test("an introduction with a long title is a work each year too, on other pages", () => {
    const track = {
      title: "Introduction to the track on counting river stones",
      authors: TWO,
      venue: CONFERENCE,
    };
    areApart({ ...track, year: 2021, pages: "11-12" }, { ...track, year: 2022, pages: "350-351" });
  });
});

describe("reports of every year", () => {
  test("with the year in the title are works of their own", () => {
    areApart(...titled("River stones: annual report 2019", "River stones: annual report 2020"));
  });

  test("with the year outside the title are works of their own", () => {
    const title = "Notes on river stones new to science";
    areApart(...[2018, 2019, 2020].map((year) => ({ title, year, authors: TWO, venue: JOURNAL })));
  });

  test("with a running number are works of their own", () => {
    const who = { authors: TWO, year: 2020 };
    areApart({ title: "River stone notes 120-131", ...who }, { title: "River stone notes 132-140", ...who });
  });
});

describe("parts and numbers", () => {
  test.each([
    ["Part I and Part II", "Smoothing stones in rivers, Part I", "Smoothing stones in rivers, Part II"],
    ["I and II at the end", "Smoothing stones in rivers I", "Smoothing stones in rivers II"],
    ["a title and its second part", "Smoothing stones in rivers", "Smoothing stones in rivers II"],
    ["Part A and Part B", "Smoothing stones, part A: rivers", "Smoothing stones, part B: rivers"],
    ["two versions of a model", "GPT-2 counts stones in many rivers", "GPT-3 counts stones in many rivers"],
    [
      "two versions written together",
      "GPT2 counts stones in many rivers",
      "GPT3 counts stones in many rivers",
    ],
    ["numbers in full width", "Smoothing stones in rivers １", "Smoothing stones in rivers ２"],
    ["Chinese numbers of parts in digits", "用无人机数河流中的石头1", "用无人机数河流中的石头2"],
  ])("%s are two works, with the same authors, year and abstract", (_what, x, y) => {
    const same = { authors: TWO, year: 2020, abstract: TEXT, venue: JOURNAL };
    areApart({ ...same, title: x }, { ...same, title: y });
  });

  test.each([
    ["roman and arabic", "Smoothing stones in rivers, Part II", "Smoothing stones in rivers, part 2"],
    ["roman in either case", "Smoothing stones in rivers IV", "Smoothing stones in rivers iv"],
  ])("%s numbers are one", (_what, x, y) => {
    areOne({ title: x, authors: TWO, year: 2020 }, { title: y, authors: TWO, year: 2020 });
  });

  test("a second version of a preprint is the same work", () => {
    areOne({ arxiv_id: "2401.00001v1" }, { arxiv_id: "2401.00001v2", title: "Renamed since" });
    areOne({ doi: "10.1234/one.v1" }, { doi: "10.1234/one.v2" });
  });

  test("'v2' in a title is another work than the first", () => {
    const same = { authors: TWO, year: 2020 };
    areApart(
      { ...same, title: "StoneNet: counting rivers" },
      { ...same, title: "StoneNet v2: counting rivers" },
    );
  });
});

describe("conference and journal", () => {
  test("the extension of a conference paper in a journal is a work of its own", () => {
    const same = { authors: TWO };
    areApart({ ...same, venue: CONFERENCE, year: 2019 }, { ...same, venue: JOURNAL, year: 2020 });
    areApart({ ...same, venue: CONFERENCE, year: 2020 }, { ...same, venue: JOURNAL, year: 2020 });
  });

  test("the same paper of a conference in two catalogues is one work", () => {
    const same = { authors: TWO, year: 2020 };
    areOne({ ...same, venue: CONFERENCE }, { ...same, venue: "Conf. on River Stones" });
  });
});

describe("preprint and published form", () => {
  test("arXiv's DOI and the publisher's are no contradiction", () => {
    const same = { authors: TWO };
    areOne(
      { ...same, doi: "10.48550/arXiv.2401.00001", venue: "arXiv", year: 2019 },
      { ...same, doi: "10.1234/one", venue: CONFERENCE, year: 2021 },
    );
  });

  test("an arXiv identifier and a publisher's DOI are no contradiction", () => {
    areOne({ arxiv_id: "2401.00001", authors: TWO }, { doi: "10.1234/one", authors: TWO, venue: JOURNAL });
  });

  test("of one work in three years is one work", () => {
    const same = { authors: TWO, abstract: TEXT };
    areOne(
      { ...same, venue: "arXiv", year: 2019 },
      { ...same, venue: "CoRR", year: 2020 },
      { ...same, year: 2021, venue: JOURNAL },
    );
  });
});

describe("titles that begin another one", () => {
  const short = "Stones are all you need";
  const long = "Stones are all you need for bridges in speech";
  test("are two works by other people, whatever the year", () => {
    areApart({ title: short, authors: TWO, year: 2020 }, { title: long, authors: ["Mei Lark"], year: 2020 });
  });

  test("are two works where authors are not known", () => {
    areApart({ title: short }, { title: long });
    areApart({ title: short, year: 2020 }, { title: long, year: 2020 });
  });

  test("are two works by the same people with other abstracts", () => {
    const same = { authors: TWO, year: 2020 };
    areApart({ title: short, ...same, abstract: TEXT }, { title: long, ...same, abstract: NIGHT });
  });

  test("are one work where one is the other cut short: people, year and abstract agree", () => {
    const same = { authors: TWO, year: 2020, abstract: TEXT };
    areOne({ title: short, ...same }, { title: long, ...same });
  });
});

describe("wrong identifiers", () => {
  const doi = "10.1234/one";
  test("one DOI at two works with other titles and abstracts ties nothing", () => {
    areApart({ doi, abstract: TEXT }, { doi, title: "Hearing owls at night", abstract: NIGHT });
  });

  test("one DOI at two works with like titles and other people is believed", () => {
    areOne({ doi, title: "Counting river stones" }, { doi, title: "Counting river stones at dawn" });
  });

  test("the DOI of a volume at all its chapters ties no chapters", () => {
    const chapters = ["Counting stones", "Hearing owls", "Baking bread", "Mending nets", "Sailing boats"];
    areApart(...chapters.map((title) => ({ doi, title: `${title} by hand` })));
  });

  test("ISSN and ISBN are no identifiers of works: a mention has no field for them, and in a DOI's field they tie nothing", () => {
    expect(Object.keys(mention("m")).filter((name) => /issn|isbn/iu.test(name))).toEqual([]);
    areApart(
      { doi: "1234-5678", title: "Counting river stones" },
      { doi: "1234-5678", title: "Hearing owls at night" },
    );
  });
});

describe("what is said about a work", () => {
  const title = "Counting river stones with patient drones";
  test.each([
    `Reply to: ${title}`,
    `Comment on "${title}"`,
    `${title}: authors' reply`,
    `Erratum: ${title}`,
    `Corrigendum to "${title}"`,
    `Retraction: ${title}`,
    `Response to "${title}"`,
  ])("is another work: %s", (about) => {
    const same = { year: 2020, venue: JOURNAL, abstract: TEXT };
    areApart({ title, ...same, authors: ADA }, { title: about, ...same, authors: TWO });
  });

  test("a review in a later year is another work, be it by one of the authors", () => {
    areApart({ title, authors: TWO, year: 2020 }, { title: `Review of ${title}`, authors: ADA, year: 2021 });
  });

  test("a review that one catalogue marks as such is one work by its author and year", () => {
    const same = { authors: ADA, year: 2020, venue: JOURNAL };
    areOne({ title, ...same }, { title: `${title} - Book Review`, ...same });
  });
});

describe("translated titles", () => {
  const [x, y] = [
    "Steine im Fluss zählen mit geduldigen Drohnen",
    "Counting river stones with patient drones",
  ];
  test("are one work by their DOI and abstract", () => {
    const same = { doi: "10.1234/one", abstract: TEXT };
    areOne({ title: x, ...same }, { title: y, ...same });
  });

  test("are one work in the form 'translation [original]'", () => {
    areOne({ title: y, authors: TWO, year: 2020 }, { title: `[${y}]`, authors: TWO, year: 2020 });
    areOne({ title: y, authors: TWO, year: 2020 }, { title: `${y} [${x}]`, authors: TWO, year: 2020 });
  });

  test("are one work by their DOI, people, volume and page", () => {
    const same = {
      doi: "10.1234/one",
      authors: TWO,
      year: 2020,
      volume: "7",
      pages: "11-19",
      venue: JOURNAL,
    };
    areOne({ title: x, ...same }, { title: y, ...same });
  });

  test("without anything in common stay apart", () => {
    areApart({ title: x }, { title: y });
  });
});

describe("ways of writing", () => {
  test.each([
    ["how an accent is coded", "Caf\u00e9 stones and patient drones", "Cafe\u0301 stones and patient drones"],
    ["accents left out", "Über Steine im Fluß und Drohnen", "Uber Steine im Fluss und Drohnen"],
    ["ligatures", "The \ufb01nal \ufb02ow of patient stones", "The final flow of patient stones"],
    ["dashes and quotes", "River–stones: “patient” drones’ view", 'River-stones: "patient" drones\' view'],
    ["letters of mathematics", "𝐂𝐨𝐮𝐧𝐭𝐢𝐧𝐠 river stones with drones", "Counting river stones with drones"],
    [
      "one letter lost",
      "Counting river stones with the p operator for drones",
      "Counting river stones with the ρ operator for drones",
    ],
    ["capitals and blanks", "COUNTING  RIVER STONES WITH DRONES", "Counting river stones with drones"],
  ])("%s part nothing", (_what, x, y) => {
    areOne({ title: x, authors: TWO }, { title: y, authors: TWO });
  });

  // stage 1 decodes entities and LaTeX where it is certain; what it leaves, stage 2 takes for letters
  test.each([
    [
      "entities",
      "Counting r&iacute;o stones with patient drones at dawn",
      "Counting río stones with patient drones at dawn",
    ],
    [
      "LaTeX accents",
      "Counting r\\'{\\i}o stones with patient drones at dawn",
      "Counting río stones with patient drones at dawn",
    ],
  ])("%s that were left in a long title part nothing where authors agree", (_what, x, y) => {
    areOne({ title: x, authors: TWO, year: 2020 }, { title: y, authors: TWO, year: 2020 });
  });

  test("authors cut short or with lost letters part nothing", () => {
    areOne({ authors: ["A. Qui", "J. Reed"] }, { authors: TWO });
    areOne({ authors: ["M. Ozsu"] }, { authors: ["M. Tamer Özsu"] });
  });
});
