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

/** A catalogue that is asked for titles. */
export type TitleService = Service<TitleAsk, DatedTitle>;
