import { type DoubleReply, type ServiceDouble, startServiceDouble } from "./service-double.ts";

/** A paper as arXiv's API lists it. */
export interface ListedPaper {
  /** With its version: `2603.00009v2`. */
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  readonly authors?: readonly string[];
}

export interface ArxivDouble extends ServiceDouble {
  /** The `search_query` of each request, decoded. */
  readonly searches: string[];
}

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const wordsOf = (text: string) =>
  ` ${
    text
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join(" ") ?? ""
  } `;

/** Whether a title answers a search of phrases in titles, joined by AND: all of the query language that is used. */
function answers(title: string, search: string): boolean {
  const terms = search.split(" AND ").map((term) => /^ti:"([^":]+)"$/.exec(term)?.[1]);
  return terms.every((phrase) => phrase !== undefined && wordsOf(title).includes(wordsOf(phrase)));
}

const entryOf = ({ id, title, summary = "", authors = [] }: ListedPaper) => `
  <entry>
    <id>http://arxiv.org/abs/${id}</id>
    <updated>2026-04-02T10:00:00Z</updated>
    <published>2026-03-12T17:59:59Z</published>
    <title>${escaped(title)}</title>
    <summary>  ${escaped(summary)}
    </summary>
    ${authors.map((name) => `<author><name>${escaped(name)}</name></author>`).join("")}
    <link href="http://arxiv.org/abs/${id}" rel="alternate" type="text/html"/>
    <arxiv:primary_category xmlns:arxiv="http://arxiv.org/schemas/atom" term="cs.CV"/>
  </entry>`;

/** A feed as the manual shows it (info.arxiv.org/help/api/user-manual, "Outline of an Atom feed"). */
export const feed = (total: number, entries: readonly string[], status = 200): DoubleReply => ({
  status,
  headers: { "content-type": "application/atom+xml; charset=utf-8" },
  body: `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query: search_query=...</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-11-21T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">${total}</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0</opensearch:startIndex>${entries.join("")}
</feed>`,
});

/** An error as an entry (the manual, "Errors"). */
export const arxivError = (words: string, status = 400): DoubleReply =>
  feed(
    1,
    [
      `<entry><id>http://arxiv.org/api/errors#wrong</id><title>Error</title><summary>${escaped(words)}</summary>
      <author><name>arXiv api core</name></author></entry>`,
    ],
    status,
  );

/**
 * Starts arXiv's API over these papers, searched in their order.
 * @param fault what the request of a number, counted from 1, gets instead
 */
export async function startArxivDouble(
  papers: readonly ListedPaper[],
  fault: (number: number) => DoubleReply | null = () => null,
): Promise<ArxivDouble> {
  const searches: string[] = [];
  const double = await startServiceDouble(({ url }) => {
    const { search_query = "", start, max_results } = Object.fromEntries(url.searchParams);
    searches.push(search_query);
    const other = fault(searches.length);
    if (other !== null) return other;
    if (url.pathname !== "/query") return { status: 404 };
    const found = papers.filter(({ title }) => answers(title, search_query));
    const shown = found.slice(Number(start), Number(start) + Number(max_results));
    return feed(found.length, shown.map(entryOf));
  });
  return { ...double, searches };
}
