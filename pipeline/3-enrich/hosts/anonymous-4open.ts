import { type LinkService, NO_FACTS } from "../links/link.ts";
import type { ServiceConfig } from "./endpoints.ts";
import { jsonBody, text } from "./json-body.ts";
import { alive, linkService, noVerdict, pathAt, usualVerdict } from "./link-service.ts";

const PACE = { service: "Anonymous GitHub", requests: 30, windowMs: 60_000, spacingMs: 2_000 } as const;

/**
 * Repositories that are shown without their authors' names (github.com/tdurieux/anonymous_github, the route
 * `/api/repo/:repoId/options`): 200 ready, with the address of the repository where it is shown openly by now; 410
 * expired; 404 none, or not ready yet, which the error's name tells. Asking about one that is not ready starts work
 * there, so each is asked about once and never again.
 */
export const anonymous4open = (config: ServiceConfig): LinkService =>
  linkService(
    {
      name: "anonymous_4open",
      pace: PACE,
      asksOnce: true,
      target({ url }) {
        const [route = "", id = ""] = pathAt(url, ["anonymous.4open.science"]) ?? [];
        return /^(?:r|repository)$/u.test(route) && /^[\w.-]{1,100}$/u.test(id) ? id : null;
      },
      async ask(id, asker) {
        const asked = await asker.get(`${config.apiUrl}/repo/${id}/options`);
        if (asked.problem !== null) return usualVerdict(asked);
        const { status } = asked.answer;
        const body = jsonBody(asked.answer);
        const error = text(body, "error");
        if (status === 404 && (error === null || !error.endsWith("not_found")))
          return noVerdict(404, error ?? "HTTP 404 without a reason");
        if (status !== 200) return usualVerdict(asked);
        const open = URL.parse(text(body, "url") ?? "");
        return alive(200, { ...NO_FACTS, moved_to: open?.protocol === "https:" ? open.href : null });
      },
    },
    config,
  );
