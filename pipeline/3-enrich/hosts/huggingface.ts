import { type LinkService, NO_FACTS } from "../links/link.ts";
import type { Asked, Asker } from "./asker.ts";
import { ENDPOINTS, type ServiceConfig } from "./endpoints.ts";
import { count, jsonBody, text } from "./json-body.ts";
import { alive, linkService, noVerdict, pathAt, usualVerdict, type Verdict } from "./link-service.ts";

/** Requests in 5 minutes to the hub's API, without and with a token (huggingface.co/docs/hub/rate-limits). */
const REQUESTS = { anonymous: 500, signedIn: 1_000 } as const;

/** Something on the hub: what the API calls it, and its id there. */
interface HubTarget {
  readonly kind: "models" | "datasets" | "spaces" | "collections" | "papers";
  readonly id: string;
}

/** Names that stand for themselves below the hub; the first part of any other address is an account. */
const KINDS: ReadonlySet<string> = new Set(["datasets", "spaces", "collections"]);
const NAME = /^[A-Za-z0-9][\w.-]{0,95}$/u;
const ARXIV_ID = /^\d{4}\.\d{4,5}$/u;

/** What an address on the hub names, by the forms of its own pages; null: a page that the API tells nothing of. */
function hubTarget(url: string, isNamed: boolean): HubTarget | null {
  const path = pathAt(url, ["huggingface.co", "hf.co"]);
  const [first = "", second = "", third = ""] = path ?? [];
  if (first === "papers") return ARXIV_ID.test(second) ? { kind: "papers", id: second } : null;
  if (!isNamed) return null;
  if (!KINDS.has(first))
    return NAME.test(first) && NAME.test(second) ? { kind: "models", id: `${first}/${second}` } : null;
  const kind = first as "datasets" | "spaces" | "collections";
  if (!NAME.test(second)) return null;
  if (third === "") return kind === "datasets" ? { kind, id: second } : null; // early data sets have no account
  return /^[\w.-]{1,128}$/u.test(third) ? { kind, id: `${second}/${third}` } : null;
}

const FIELDS = ["likes", "downloads", "gated", "disabled", "private"] as const;

function addressOf(apiUrl: string, { kind, id }: HubTarget): string {
  const path = id.split("/").map(encodeURIComponent).join("/");
  if (kind === "papers" || kind === "collections") return `${apiUrl}/api/${kind}/${path}`;
  // spaces are not downloaded and not gated
  const fields =
    kind === "spaces" ? FIELDS.filter((name) => name !== "downloads" && name !== "gated") : FIELDS;
  return `${apiUrl}/api/${kind}/${path}?${new URLSearchParams(fields.map((name): [string, string] => ["expand[]", name]))}`;
}

/** The page of something on the hub. */
const pageOf = ({ kind }: HubTarget, id: string) =>
  URL.parse(`https://huggingface.co/${kind === "models" ? "" : `${kind}/`}${id}`)?.href ?? null;

/**
 * What the hub says. It answers 401 for what is missing, private or gated alike, and tells them apart by
 * `X-Error-Code`; what its staff disabled, by `X-Error-Message` (huggingface_hub, `utils/_http.py`).
 */
function verdictOf(asked: Asked, target: HubTarget): Verdict {
  if (asked.problem !== null) return noVerdict(null, asked.problem);
  const { status, headers } = asked.answer;
  if (headers["x-error-message"] === "Access to this resource is disabled.")
    return { status: "withheld", http_status: status, facts: null };
  const code = headers["x-error-code"];
  if (code === "GatedRepo") return alive(status, { ...NO_FACTS, is_gated: true });
  if (code === "RepoNotFound") return { status: "missing", http_status: status, facts: null };
  const body = jsonBody(asked.answer);
  if (status !== 200) return usualVerdict(asked);
  if (body === null) return noVerdict(status, "HTTP 200 without a readable answer");
  if (body["disabled"] === true) return { status: "withheld", http_status: status, facts: null };
  const id = text(body, target.kind === "collections" ? "slug" : "id");
  const isMoved = id !== null && id.toLowerCase() !== target.id.toLowerCase();
  const { gated } = body;
  return alive(status, {
    moved_to: isMoved ? pageOf(target, id) : null,
    title: text(body, "title"),
    likes: count(body, "likes") ?? count(body, "upvotes"),
    downloads: count(body, "downloads"),
    is_gated: gated === undefined ? null : gated !== false,
  });
}

/** The hub refuses the token itself, whatever was asked for. */
const isTokenRefused = ({ answer }: Asked & { readonly problem: null }): boolean =>
  answer.status === 401 && /invalid (?:credentials|username or password)/iu.test(answer.body);

async function ask(target: HubTarget, asker: Asker, { apiUrl, hasToken }: ServiceConfig): Promise<Verdict> {
  const asked = await asker.get(addressOf(apiUrl, target));
  if (hasToken && asked.problem === null && isTokenRefused(asked))
    asker.refuseToken(ENDPOINTS.huggingface.tokenVariable);
  return verdictOf(asked, target);
}

/** Models, data sets, spaces, collections and papers on the Hugging Face hub (huggingface.co/docs/hub/api). */
export const huggingface = (config: ServiceConfig): LinkService =>
  linkService(
    {
      name: "huggingface",
      pace: {
        service: "Hugging Face",
        requests: config.hasToken ? REQUESTS.signedIn : REQUESTS.anonymous,
        windowMs: 300_000,
        spacingMs: 250,
      },
      target: ({ url, kind }) => hubTarget(url, kind !== "page"),
      ask: (target, asker) => ask(target, asker, config),
    },
    config,
  );
