import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findUrls } from "../../pipeline/1-parse/find-urls.ts";

const written = (text: string) => findUrls(text).map((span) => span.written);
const normal = (text: string) => findUrls(text).map((span) => span.url.href);

describe("what surrounds an address", () => {
  const ADDRESS = "https://github.com/ada/stones";
  const frames: readonly (readonly [string, (address: string) => string])[] = [
    ["a full stop", (at) => `Look at ${at}.`],
    ["a comma", (at) => `Look at ${at}, please`],
    ["a semicolon", (at) => `Look at ${at}; then rest`],
    ["a colon", (at) => `From ${at}: everything`],
    ["an exclamation mark", (at) => `Look at ${at}!`],
    ["a question mark and a full stop", (at) => `Did you see ${at}?.`],
    ["dots of omission", (at) => `See ${at}...`],
    ["round brackets", (at) => `All of it (${at}) is there`],
    ["round brackets and a full stop", (at) => `All of it (at ${at}).`],
    ["square brackets", (at) => `All of it [${at}], and more`],
    ["braces", (at) => `All of it {${at}} is there`],
    ["angle brackets", (at) => `All of it <${at}> is there`],
    ["straight quotation marks", (at) => `Called "${at}" here`],
    ["single quotation marks", (at) => `Called '${at}' here`],
    ["curly quotation marks", (at) => `Called “${at}” here, ‘${at}’ there`],
    ["guillemets", (at) => `Called «${at}» here`],
    ["backticks", (at) => `Called \`${at}\` here`],
    ["emphasis", (at) => `Look at **${at}** now`],
    ["a LaTeX command that lost its backslash", (at) => `Look at url{${at}}.`],
    ["a LaTeX command", (at) => `Look at \\url{${at}}.`],
    ["a LaTeX link", (at) => `Look \\href{${at}}{here}.`],
    ["a LaTeX footnote", (at) => `Stones\\footnote{${at}} lie there`],
    ["a LaTeX line break", (at) => `Look at ${at}\\\\ and on`],
    ["a LaTeX tie", (at) => `Look at~${at}.`],
    ["full-width punctuation", (at) => `代码：${at}，谢谢。`],
    ["a full-width full stop", (at) => `代码在 ${at}。`],
    ["full-width brackets", (at) => `代码（${at}）`],
    ["a vertical bar", (at) => `Code|${at}|Data`],
    ["the end of the text", (at) => `Look at ${at}`],
    ["nothing", (at) => at],
    ["text without spaces", (at) => `代码见${at} 谢谢`],
    ["a line end", (at) => `Look at\n${at}\nand rest`],
  ];

  test.each(frames)("is no part of it: %s", (_what, frame) => {
    const found = written(frame(ADDRESS));
    expect(found.length).toBeGreaterThan(0);
    for (const address of found) expect(address).toBe(ADDRESS);
  });

  test("is no part of it, whatever it is and whatever the address", () => {
    const addresses = fc.constantFrom(
      "https://github.com/ada/stones",
      "http://example.org",
      "https://example.org/",
      "github.com/ada/stones_2.0",
      "www.github.com/ada/stones/tree/main/a-b",
      "ada.github.io",
      "ada.github.io/stones/",
      "https://example.org/a?b=c&d=%20e#f-g",
      "https://example.org/wiki/Stone_(river)",
      "https://github.com/ada/stones.git",
    );
    fc.assert(
      fc.property(addresses, fc.constantFrom(...frames), (address, [, frame]) => {
        expect(new Set(written(frame(address)))).toEqual(new Set([address]));
      }),
    );
  });

  test.each([
    ["a long dash", "https://github.com/ada/stones—which is new"],
    ["an ellipsis", "https://github.com/ada/stones… and more"],
    ["double angle brackets", "《https://github.com/ada/stones》"],
    ["a space of no width", "https://github.com/ada/stones\u200b and more"],
  ])("is no part of it, though it is no ASCII: %s", (_what, text) => {
    expect(written(text)).toEqual([ADDRESS]);
  });
});

describe("an address keeps", () => {
  test.each([
    [
      "brackets that it opened itself",
      "(see https://example.org/Stone_(river))",
      "https://example.org/Stone_(river)",
    ],
    ["square brackets that it opened", "https://example.org/a[1].", "https://example.org/a[1]"],
    ["a dot inside", "https://github.com/ada/stones.js.", "https://github.com/ada/stones.js"],
    [".git at its end", "https://github.com/ada/stones.git.", "https://github.com/ada/stones.git"],
    [
      "a path into a repository",
      "(github.com/ada/stones/tree/main/src)",
      "github.com/ada/stones/tree/main/src",
    ],
    ["query and fragment", "https://example.org/?a=b,c&d#e.", "https://example.org/?a=b,c&d#e"],
    ["a slash at its end", "https://example.org/a/.", "https://example.org/a/"],
    ["hyphens and underscores at its end", "https://example.org/a-_ b", "https://example.org/a-_"],
    ["letters of any script", "https://example.org/河 石", "https://example.org/河"],
  ])("%s", (_what, text, address) => {
    expect(written(text)).toEqual([address]);
  });

  test("the escapes that LaTeX wrote in it, while its normal form has none", () => {
    const [span] = findUrls("Code: https://github.com/ada/river\\_stones\\#two\\%20.");
    expect(span?.written).toBe("https://github.com/ada/river\\_stones\\#two\\%20");
    expect(span?.url.href).toBe("https://github.com/ada/river_stones#two%20");
  });
});

describe("an address without a scheme", () => {
  test.each([
    ["github.com/ada/stones", "https://github.com/ada/stones"],
    ["www.github.com/ada/stones", "https://www.github.com/ada/stones"],
    ["www.example.org", "https://www.example.org/"],
    ["www.rivers.example.org/stones", "https://www.rivers.example.org/stones"],
    ["GitHub.com/Ada/Stones", "https://github.com/Ada/Stones"],
    ["gitlab.com/ada/stones", "https://gitlab.com/ada/stones"],
    ["bitbucket.org/ada/stones", "https://bitbucket.org/ada/stones"],
    ["codeberg.org/ada/stones", "https://codeberg.org/ada/stones"],
    ["huggingface.co/ada/stones", "https://huggingface.co/ada/stones"],
    ["zenodo.org/records/12", "https://zenodo.org/records/12"],
    ["ada.github.io", "https://ada.github.io/"],
    ["river-stones.github.io/demo", "https://river-stones.github.io/demo"],
  ])("is found where its host is one that people name bare: %s", (address, href) => {
    const [span] = findUrls(`Look at ${address}, all of it.`);
    expect({ written: span?.written, href: span?.url.href }).toEqual({ written: address, href });
  });

  test.each([
    "Write to ada@github.com/stones about it",
    "The mirror is mygithub.com/ada/stones",
    "The folder src/github.com/ada/stones",
    "The name x-github.com/ada",
    "Look at github.com for more",
    "We use node.js and e.g. rivers.org/stones",
    "Look at github.iodine/stones",
  ])("is not seen in: %s", (text) => {
    expect(findUrls(text)).toEqual([]);
  });
});

describe("several addresses", () => {
  test("glued by braces are two", () => {
    expect(written("\\href{https://example.org/a}{https://example.org/b}")).toEqual([
      "https://example.org/a",
      "https://example.org/b",
    ]);
  });

  test("are given in the order of the text, as often as they stand there", () => {
    expect(written("ada.github.io, https://example.org/b and ada.github.io")).toEqual([
      "ada.github.io",
      "https://example.org/b",
      "ada.github.io",
    ]);
  });

  test("one inside the other are the outer one", () => {
    expect(written("https://example.org/?of=https://github.com/ada/stones")).toEqual([
      "https://example.org/?of=https://github.com/ada/stones",
    ]);
  });

  test("torn after the scheme lose nothing but the scheme", () => {
    expect(written("https:// github.com/ada/stones")).toEqual(["github.com/ada/stones"]);
  });
});

describe("no address is", () => {
  test.each([
    "https://",
    "http://.",
    "https:///a/b",
    "https://localhost/a",
    "https://localhost.)",
    "http://[",
    "https://exa mple/a",
    "ftp://a.b/c",
  ])("%s", (text) => {
    expect(findUrls(text)).toEqual([]);
  });
});

describe("the normal form", () => {
  test("has a lower-case scheme and host, and the path as it was", () => {
    expect(normal("HTTPS://GitHub.COM/Ada/Stones")).toEqual(["https://github.com/Ada/Stones"]);
  });

  test("keeps http where it was written", () => {
    expect(normal("http://example.org/a")).toEqual(["http://example.org/a"]);
  });

  test("is ASCII where the host or the path is not", () => {
    expect(normal("https://bücher.example/straße")).toEqual(["https://xn--bcher-kva.example/stra%C3%9Fe"]);
  });
});

describe("in any text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.constantFrom(
      "https://",
      "http://",
      "github.com/",
      "www.",
      "www.stones",
      "awww.example.org",
      ".github.io",
      "example.org",
      "/a_(b)",
      "ada/stones",
    ),
    fc.constantFrom("(", ")", "[", "]", "{", "}", "\\_", "\\", ".", ",", "~", " ", "…", "。", "😀", "\ud83d"),
  );
  const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(""));

  test("spans lie inside it, in order and apart, and hold what was written", () => {
    fc.assert(
      fc.property(text, (any) => {
        let free = 0;
        for (const span of findUrls(any)) {
          expect(span.start).toBeGreaterThanOrEqual(free);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(any.length);
          expect(any.slice(span.start, span.end)).toBe(span.written);
          free = span.end;
        }
      }),
      { numRuns: 500 },
    );
  });

  test("every address has a normal form in printable ASCII, and no white space in it as written", () => {
    fc.assert(
      fc.property(text, (any) => {
        for (const span of findUrls(any)) {
          expect(span.url.href).toMatch(/^https?:\/\/[!-~]+$/u);
          expect(span.written).not.toMatch(/\s/u);
        }
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    "https://a.bc/x,https://a.bc/y",
    "https://a.bc/x;https://a.bc/y",
    "[https://a.bc/x](https://a.bc/y)",
  ])("two addresses without a space between them are two: %s", (text) => {
    expect(written(text)).toEqual(["https://a.bc/x", "https://a.bc/y"]);
  });

  test("what is longer than any address is none, and what follows it is read", () => {
    const long = `https://a.bc/${"😀".repeat(1_500)}`;
    expect(written(`${long} https://example.org/x`)).toEqual(["https://example.org/x"]);
  });

  test.each([
    ["closing brackets", `https://example.org/${")".repeat(10_000)}`],
    ["schemes", "https://".repeat(4_000)],
  ])("no repetition takes more than linear time: %s", (_what, long) => {
    const started = performance.now();
    findUrls(long);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
