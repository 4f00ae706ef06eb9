import fc from "fast-check";
import { expect } from "vitest";
import { gluedButton, isInCard } from "../../pipeline/1-parse/furniture.ts";
import type { Item, Layout } from "../../pipeline/1-parse/layout.ts";

/** What a layout's reader makes of text that arrives in these pieces. */
export function read(layout: Layout, ...pieces: readonly string[]): Item[] {
  const reader = layout.open();
  return [...pieces.flatMap((piece) => [...reader.write(piece)]), ...reader.end()];
}

export const TITLE = "Counting River Stones With Patient Drones";
export const OTHER_TITLE = "Listening for Owls in Old Orchards";
export const ABSTRACT =
  "A drone that hovers over a river bed sees every stone on it. We let four drones hover for a year and count what they see. Most stones stay where they are, and some of them do not.";
export const OTHER_ABSTRACT =
  "Cheap microphones hang in nine orchards and listen through the night. A small network tells owls from foxes and wind. It is right in most cases, and where it is wrong the wind is loud.";

/** What a paper of this title and abstract looks like among items; `more` says what else must hold. */
export const paperOf = (title: string, abstract: string | null, more: object = {}) =>
  expect.objectContaining({ kind: "paper", title, abstract, ...more });

/** Lines as listing pages and damaged captures have them. */
const line = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(TITLE, OTHER_TITLE, "Do Owls Count Stones?", "Stones 😀", "Étude"),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(ABSTRACT, OTHER_ABSTRACT, `${ABSTRACT} ${OTHER_ABSTRACT}`, "It is so."),
  },
  { weight: 2, arbitrary: fc.constantFrom("12", "·", "3 authors", "Models", "River Stone University") },
  { weight: 2, arbitrary: fc.constantFrom("new", "Subscribe", "Mar 14", "byAda and the research community") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(`Subscribe${TITLE}`, "SubscribeDo Owls Count?", "  Subscribe3 Stones "),
  },
  { weight: 4, arbitrary: fc.constantFrom("", "", "", " ", "\t", "\u00a0", "\f", "\u2028") },
  { weight: 1, arbitrary: fc.constantFrom("\u0007", "\u0085", "a\rb", "\ufeff", "—") },
  { weight: 1, arbitrary: fc.string({ unit: "binary" }).map((text) => text.replaceAll("\n", "")) },
);

/** A text of such lines, with either kind of line end and with or without one at its end. */
export const anyListing: fc.Arbitrary<string> = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom("\n", "\n", "\r\n"))), fc.option(line, { nil: "" }))
  .map(([lines, last]) => lines.map(([text, end]) => text + end).join("") + last);

/** A text, and the same text cut anywhere, inside pairs and line ends too. */
export const cutAnywhere = (
  texts: fc.Arbitrary<string>,
): fc.Arbitrary<readonly [string, readonly string[]]> =>
  texts.chain((text) =>
    fc.array(fc.nat({ max: text.length })).map((cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
      return [text, places.slice(1).map((place, at) => text.slice(places[at], place))] as const;
    }),
  );

export const anyCut = cutAnywhere(anyListing);

/** The text's lines without white space at their ends; blank ones are empty. */
export const linesOf = (text: string): string[] => text.split("\n").map((each) => each.trim());

const isCardFurniture = (item: Item) => item.kind === "furniture" && isInCard(item.name);

/** The items that a line belongs to; one of the furniture within a paper's card belongs to that alone. */
function ownersOfLine(number: number, items: readonly Item[]): Item[] {
  const owners = items.filter((item) => item.lineStart <= number && number <= item.lineEnd);
  const inCard = owners.filter(isCardFurniture);
  return inCard.length > 0 ? inCard : owners;
}

/** For each line that is not blank: its number, and the items that it belongs to. */
export function ownersOf(
  text: string,
  items: readonly Item[],
): { number: number; line: string; owners: Item[] }[] {
  return linesOf(text).flatMap((line, at) =>
    line === "" ? [] : [{ number: at + 1, line, owners: ownersOfLine(at + 1, items) }],
  );
}

/** What a paper or a reject says, in one piece. */
export function wordsOf(item: Item): string | null {
  if (item.kind === "furniture") return null;
  return item.kind === "reject" ? item.text : [item.title, item.abstract ?? []].flat().join(" ");
}

/** The words of an item's lines, those of other items left out; of a line that a button runs into, those behind it. */
export function wordsAt(text: string, item: Item, items: readonly Item[]): string {
  return linesOf(text)
    .map((line, at) => ({ line, owners: ownersOfLine(at + 1, items) }))
    .filter(({ line, owners }) => line !== "" && owners.includes(item))
    .map(({ line }) => line.slice(gluedButton(line)))
    .join(" ");
}
