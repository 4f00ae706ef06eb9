import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptureDecoder } from "../../../pipeline/1-parse/input/decode.ts";

function decode(...pieces: readonly Uint8Array[]) {
  const decoder = new CaptureDecoder();
  const text = pieces.map((piece) => decoder.write(piece)).join("") + decoder.end();
  return { text, encoding: decoder.encoding };
}

/** The bytes in pieces that end at the given places. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

const MARK = "\ufeff";
const utf8 = (text: string) => Buffer.from(text);
const utf16le = (text: string) => Buffer.from(text, "utf16le");
const utf16be = (text: string) => Buffer.from(text, "utf16le").swap16();

/** How much is looked at before anything is decided, and how much behind the first letter outside ASCII. */
const [START, WINDOW] = [4_096, 65_536];

const anyText = fc.string({ unit: "binary", maxLength: 200 });
/** Text that is not full of the sign for lost letters, which stands for damage. */
const wholeText = anyText.map((text) => text.replaceAll(/[\ufffd\ufeff]/gu, ""));
/** Text whose interesting places come near the borders of what is looked at. */
const borderText = fc
  .tuple(
    fc.constantFrom(0, START - 2, START, WINDOW - 3, WINDOW, START + WINDOW - 1),
    wholeText,
    fc.constantFrom(0, WINDOW - 2, WINDOW),
    wholeText,
  )
  .map(([before, middle, between, end]) => `${"a".repeat(before)}${middle}${"é".repeat(between / 2)}${end}`);
const places = fc.array(fc.nat(), { maxLength: 12 });

describe("any text comes back from", () => {
  test("UTF-8 without a mark", () => {
    fc.assert(
      fc.property(borderText, (text) => {
        fc.pre(!text.includes("\0"));
        expect(decode(utf8(text))).toEqual({ text, encoding: "utf-8" });
      }),
    );
  });

  test.each([
    ["UTF-8", "utf-8", utf8],
    ["UTF-16, little end first", "utf-16le", utf16le],
    ["UTF-16, big end first", "utf-16be", utf16be],
  ] as const)("%s with a mark, which is no part of it", (_what, encoding, encode) => {
    fc.assert(
      fc.property(fc.oneof(anyText, borderText), (text) => {
        expect(decode(encode(MARK + text))).toEqual({ text, encoding });
      }),
    );
  });

  test("UTF-8 in which a mark stands behind plain words", () => {
    expect(decode(utf8(`a${MARK}b`)).text).toBe(`a${MARK}b`);
  });

  test("UTF-8 in which an earlier tool has left the sign for a lost letter", () => {
    expect(decode(utf8("na\ufffdve"))).toEqual({ text: "na\ufffdve", encoding: "utf-8" });
  });
});

describe("the pieces in which bytes arrive", () => {
  test("change nothing, whatever the bytes are, and nothing makes it fail", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc
        .oneof(borderText, anyText)
        .chain((text) => fc.constantFrom(utf8(text), utf16le(MARK + text), utf16be(text))),
      fc
        .tuple(borderText, fc.uint8Array({ maxLength: 20 }))
        .map(([text, more]) => Buffer.concat([utf8(text), more])),
      fc
        .tuple(fc.uint8Array({ maxLength: 4 }), borderText)
        .map(([more, text]) => Buffer.concat([more, utf8(text)])),
    );
    fc.assert(
      fc.property(bytes, places, (all, at) => {
        expect(decode(...cut(all, at))).toEqual(decode(all));
      }),
      { numRuns: 300 },
    );
  });

  test("may be single bytes", () => {
    for (const bytes of [
      utf8("Étude 😀"),
      utf16be(`${MARK}Étude 😀`),
      Buffer.from("Étude", "latin1"),
      utf8(MARK),
    ])
      expect(decode(...cut(bytes, [...bytes.keys()]))).toEqual(decode(bytes));
  });

  test("give ASCII on at once when enough is there to know the encoding", () => {
    const decoder = new CaptureDecoder();
    expect(decoder.write(Buffer.alloc(START - 1, "a"))).toBe("");
    expect(decoder.write(Buffer.from("a"))).toBe("a".repeat(START));
    expect(decoder.write(Buffer.from("bcé"))).toBe("bc");
    expect(decoder.end()).toBe("é");
  });
});

describe("UTF-16 without a mark", () => {
  const words = "A drone that hovers over a river bed sees every stone on it. ";

  test.each([
    ["utf-16le", utf16le],
    ["utf-16be", utf16be],
  ] as const)("is told by the zeros between its letters: %s", (encoding, encode) => {
    expect(decode(encode(words.repeat(100)))).toEqual({ text: words.repeat(100), encoding });
  });

  test("is not seen in a few bytes, nor in zeros that stand together", () => {
    expect(decode(utf16le("stones")).encoding).toBe("utf-8");
    expect(decode(new Uint8Array(1_000)).encoding).toBe("utf-8");
  });

  test("that breaks off within a letter ends in the sign for a lost one", () => {
    expect(decode(utf16le(`${MARK}stones`).subarray(0, -1)).text).toBe("stone\ufffd");
  });
});

describe("text that is neither", () => {
  test("is windows-1252, which has quotation marks and dashes where Latin-1 has control characters", () => {
    const bytes = Buffer.from("It\x92s a caf\xe9 \x96 5 \x80", "latin1");
    expect(decode(bytes)).toEqual({ text: "It\u2019s a café \u2013 5 €", encoding: "windows-1252" });
  });

  test("keeps every letter of Latin-1", () => {
    const letters = String.fromCodePoint(...Array.from({ length: 96 }, (_, at) => 0xa0 + at));
    expect(decode(Buffer.from(`a ${letters}`, "latin1"))).toEqual({
      text: `a ${letters}`,
      encoding: "windows-1252",
    });
  });

  test("is taken for damaged UTF-8 where as many letters can be read so as cannot", () => {
    const damaged = (good: number, bad: number) =>
      Buffer.concat([utf8("é".repeat(good)), Buffer.alloc(bad, 0xff), Buffer.from(" stones")]);
    expect(decode(damaged(3, 3))).toEqual({ text: "ééé\ufffd\ufffd\ufffd stones", encoding: "utf-8" });
    expect(decode(damaged(3, 4)).encoding).toBe("windows-1252");
  });

  test("is taken for damaged UTF-8 where a mark says so, whatever follows", () => {
    const bytes = Buffer.concat([utf8(MARK), Buffer.alloc(9, 0xff)]);
    expect(decode(bytes)).toEqual({ text: "\ufffd".repeat(9), encoding: "utf-8" });
  });

  test("is not judged by a letter that the border of what is looked at cuts in two", () => {
    const start = Buffer.concat([utf8("é"), Buffer.of(0xff)]);
    const bytes = Buffer.concat([start, Buffer.alloc(WINDOW - 1 - start.length, "a"), utf8("é")]);
    expect(decode(bytes).encoding).toBe("utf-8");
  });

  test("is judged by what follows its first letter outside ASCII, however far that is", () => {
    const far = "a".repeat(START * 30);
    expect(decode(utf8(`${far}é`)).text).toBe(`${far}é`);
    expect(decode(Buffer.from(`${far}é`, "latin1"))).toEqual({ text: `${far}é`, encoding: "windows-1252" });
  });

  test("that breaks off within a letter is UTF-8 where other letters are there", () => {
    expect(decode(utf8("éé").subarray(0, -1))).toEqual({ text: "é\ufffd", encoding: "utf-8" });
  });
});

test("nothing, and a mark alone, are the empty text", () => {
  expect(decode()).toEqual({ text: "", encoding: "utf-8" });
  expect(decode(utf8(MARK))).toEqual({ text: "", encoding: "utf-8" });
  expect(decode(utf16be(MARK))).toEqual({ text: "", encoding: "utf-16be" });
});

test("a text is decoded in a time that grows as it does", () => {
  const bytes = Buffer.concat([utf8("é"), Buffer.alloc(1 << 24, "a"), utf8("é".repeat(1 << 20))]);
  const start = performance.now();
  const pieces = Array.from({ length: Math.ceil(bytes.length / 5_000) }, (_, at) =>
    bytes.subarray(at * 5_000, (at + 1) * 5_000),
  );
  expect(decode(...pieces).text).toHaveLength(1 + (1 << 24) + (1 << 20));
  expect(performance.now() - start).toBeLessThan(5_000);
});
