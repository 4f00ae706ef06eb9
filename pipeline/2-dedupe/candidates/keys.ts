import type { Profile } from "../profile.ts";

/** Keys under which mentions of one work meet whatever else differs. */

/** A main title of fewer letters says too little. */
const SHORTEST_MAIN = 15;
/** What parts a title from its subtitle, as words of their own or as punctuation lost with the words. */
const mainWords = 5;

/** The identifiers and titles of a mention, the strongest first. */
export function meetingKeys({ arxiv, doi, squashed, title }: Profile): string[] {
  const begin = title.slice(0, mainWords).join("");
  return [
    ...(arxiv === null ? [] : [`arxiv:${arxiv}`]),
    ...(doi === null ? [] : [`doi:${doi}`]),
    ...(squashed === "" ? [] : [`title:${squashed}`]),
    ...(begin.length < SHORTEST_MAIN ? [] : [`begin:${begin}`]),
  ];
}
