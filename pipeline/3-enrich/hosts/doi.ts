import { type LinkService, NO_FACTS } from "../links/link.ts";
import { sameOrigin } from "../net/redirects.ts";
import type { ServiceConfig } from "./endpoints.ts";
import { count, jsonBody, text } from "./json-body.ts";
import { alive, linkService, noVerdict, pathAt, usualVerdict } from "./link-service.ts";

/** The resolver documents no number; two requests a second are no load. */
const PACE = { service: "The DOI resolver", requests: 120, windowMs: 60_000, spacingMs: 500 } as const;

/** Where the resolver sends who asks for metadata: the agencies' own services (crosscite.org/docs.html). */
const AGENCIES: ReadonlySet<string> = new Set([
  "https://api.crossref.org",
  "https://data.crosscite.org",
  "https://api.datacite.org",
]);
const METADATA = { accept: "application/vnd.citationstyles.csl+json" };

/** A registered name, and none (DOI Handbook, "REST API Response Format"). */
const FOUND = 1;
const NOT_FOUND = 100;

function doiIn(url: string): string | null {
  const doi = pathAt(url, ["doi.org", "dx.doi.org"])?.join("/") ?? "";
  return /^10\.\d{4,9}\/\S+$/u.test(doi) ? doi : null;
}

/**
 * DOIs: whether the name is registered, by the resolver's own answer, and its title, by content negotiation. A title
 * that does not come changes no verdict. Where the name leads is not visited.
 */
export const doi = (config: ServiceConfig): LinkService =>
  linkService(
    {
      name: "doi",
      pace: PACE,
      perAsk: 2,
      target: ({ url }) => doiIn(url),
      async ask(name, asker) {
        const path = name.split("/").map(encodeURIComponent).join("/");
        const asked = await asker.get(`${config.apiUrl}/api/handles/${path}?type=URL`);
        if (asked.problem !== null) return noVerdict(null, asked.problem);
        const { status } = asked.answer;
        const code = count(jsonBody(asked.answer), "responseCode");
        // 404 from anything but the resolver says nothing about the name
        if (status === 404 && code !== NOT_FOUND) return noVerdict(404, "HTTP 404 without a handle's answer");
        if (status !== 200 || code !== FOUND) return usualVerdict(asked);
        const isAgency = (target: URL, from: string) =>
          sameOrigin(target, from) || AGENCIES.has(target.origin);
        const described = await asker.get(`${config.apiUrl}/${path}`, METADATA, isAgency);
        const body = described.problem === null ? jsonBody(described.answer) : null;
        return alive(200, { ...NO_FACTS, title: text(body, "title") });
      },
    },
    config,
  );
