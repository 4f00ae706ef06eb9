import { codeHost } from "./code-host.ts";
import type { ServiceConfig } from "./endpoints.ts";
import { moment, part, text } from "./json-body.ts";
import type { RepositoryService } from "./service.ts";

/** Requests an hour without and with a token (support.atlassian.com, "API request limits" of Bitbucket Cloud). */
const REQUESTS = { anonymous: 60, signedIn: 1_000 } as const;

/**
 * Repositories on bitbucket.org (developer.atlassian.com/cloud/bitbucket/rest, "Get a repository"). Bitbucket counts no
 * stars, and names a repository by a UUID, no number: both stay unknown.
 */
export const bitbucket = (config: ServiceConfig): RepositoryService =>
  codeHost(
    {
      name: "bitbucket",
      host: "bitbucket.org",
      pace: {
        service: "Bitbucket",
        requests: config.hasToken ? REQUESTS.signedIn : REQUESTS.anonymous,
        windowMs: 3_600_000,
        spacingMs: 1_000,
      },
      path: ({ owner, name }) => `/repositories/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`,
      figures(body) {
        const full_name = text(body, "full_name");
        if (full_name === null) return null;
        const parent = text(part(body, "parent"), "full_name");
        return {
          full_name,
          host_id: null,
          stars: null,
          forks: null,
          is_archived: null,
          is_fork: parent !== null,
          parent,
          created_at: moment(body, "created_on"),
          pushed_at: null,
          description: text(body, "description"),
          primary_language: text(body, "language"),
          license_spdx: null,
          topics: null,
        };
      },
    },
    config,
  );
