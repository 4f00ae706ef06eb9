import { isFields } from "../../core/json.ts";
import { isDated } from "../dated-entry.ts";
import type { Service } from "../hosts/service.ts";
import type { CataloguePaper } from "./catalogue.ts";

/** A title that is looked up, once for all papers that have it. */
export interface TitleAsk {
  /** What equal titles have in common (`titleKey`). */
  readonly title_key: string;
  readonly title: string;
}

/** What came of looking a title up. */
export type TitleAnswer =
  | {
      readonly kind: "listed";
      /** Those whose titles are equal; how they agree otherwise is judged anew in every run. */
      readonly papers: readonly CataloguePaper[];
      /** There are so many papers with a title like it that not all were looked at. */
      readonly isCut: boolean;
    }
  | { readonly kind: "failed"; readonly problem: string };

/** An answer with its title and time: what the journal keeps. */
export interface DatedTitle {
  readonly title_key: string;
  readonly at: string;
  readonly answer: TitleAnswer;
}

const isCataloguePaper = (value: unknown): value is CataloguePaper =>
  isFields(value) && typeof value["arxiv_id"] === "string" && typeof value["title"] === "string";

/** Whether a value that a file holds is such an answer as this version writes it. */
export function isTitleEntry(value: unknown): value is DatedTitle {
  if (!isDated(value, "title_key")) return false;
  const { answer } = value;
  if (!isFields(answer)) return false;
  const { kind, papers, isCut } = answer;
  const isListed = Array.isArray(papers) && papers.every(isCataloguePaper) && typeof isCut === "boolean";
  return kind === "listed" ? isListed : kind === "failed";
}

/** A catalogue that is asked for titles. */
export type TitleService = Service<TitleAsk, DatedTitle>;
