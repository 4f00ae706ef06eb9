/** A repository as the double knows it; what is left out has a plain default. */
export interface DoubleRepository {
  readonly full_name: string;
  readonly id: number;
  readonly stars: number;
  readonly forks?: number;
  readonly description?: string | null;
  readonly archived?: boolean;
  readonly fork?: boolean;
  /** The "owner/name" that this one was forked from. */
  readonly parent?: string | null;
  readonly language?: string | null;
  /** An SPDX id; "NOASSERTION" stands for a licence that GitHub does not recognise. */
  readonly license?: string | null;
  readonly topics?: readonly string[];
  readonly created_at?: string;
  readonly pushed_at?: string | null;
  /** New stars by day (UTC), for the star history. */
  readonly star_days?: Readonly<Record<string, number>>;
}

/** Ways to give no answer to the whole request, whatever else it asks for; a slow drip never ends. */
export type TransportFailure = "server_error" | "not_json" | "truncated" | "reset" | "hang" | "drip";

/** What the double answers when it is asked for a name. */
export type Reply =
  /** Alive; a renamed repository when full_name differs from the asked name in more than case. */
  | { readonly found: DoubleRepository }
  | { readonly missing: true }
  | { readonly blocked: "dmca" | "tos" }
  /** The policy of an organisation refuses the token for a public repository; without a token it may be there. */
  | { readonly refused: true | DoubleRepository }
  /** GraphQL says nothing of it, REST shows it. */
  | { readonly only_rest: DoubleRepository }
  /** Null without an error, or null because a field below could not be resolved; REST has nothing there. */
  | { readonly fails: TransportFailure | "null_without_error" | "deeper_error" };

/** What is sent for a request: a response, a piece of one, a destroyed socket, or nothing ever. */
export type Answer =
  | "reset"
  | "hang"
  | "drip"
  | "truncated"
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };

/** An answer with a JSON body. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(body),
  };
}

/** GitHub's JSON form of a refusal. */
export function refusal(
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return json(
    status,
    { message, documentation_url: "https://docs.github.com/rest", status: String(status) },
    headers,
  );
}

/** The answer that a failing name forces on the request that holds it. */
export function failure(kind: TransportFailure): Answer {
  switch (kind) {
    case "server_error":
      return {
        status: 502,
        headers: { "content-type": "text/html; charset=utf-8" },
        body: "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>",
      };
    case "not_json":
      return {
        status: 200,
        headers: { "content-type": "text/plain; charset=utf-8" },
        body: "Please try again in a moment.",
      };
    case "truncated":
    case "reset":
    case "hang":
    case "drip":
      return kind;
  }
}

/** The message with which an organisation's policy refuses a token. */
export function tokenPolicy(owner: string): string {
  return `The '${owner}' organization forbids access via a fine-grained personal access tokens if the token's lifetime is greater than 366 days.`;
}

/** The replies by name; GitHub does not tell the case of names apart. */
export class ReplyBook {
  private readonly byName: ReadonlyMap<string, Reply>;

  constructor(replies: Readonly<Record<string, Reply>>) {
    this.byName = new Map(Object.entries(replies).map(([name, reply]) => [name.toLowerCase(), reply]));
  }

  /** The reply for a name; one that is not listed is missing. */
  of(fullName: string): Reply {
    return this.byName.get(fullName.toLowerCase()) ?? { missing: true };
  }

  /** The repository with this id, if a reply holds one. */
  withId(id: number, token: string | null): DoubleRepository | undefined {
    return this.byName
      .values()
      .map((reply) => shownByRest(reply, token))
      .find((repository) => repository?.id === id);
  }
}

/** The repository that REST shows: one whose policy refuses tokens only to those who send none. */
export function shownByRest(reply: Reply, token: string | null): DoubleRepository | undefined {
  if ("found" in reply) return reply.found;
  if ("only_rest" in reply) return reply.only_rest;
  return "refused" in reply && reply.refused !== true && token === null ? reply.refused : undefined;
}

/** Whether a repository answers to another name than the one that it was asked for by. */
export function isRenamed(repository: DoubleRepository, asked: string): boolean {
  return repository.full_name.toLowerCase() !== asked.toLowerCase();
}

/** A repository without gaps, in the terms that both interfaces are written from. */
export type CompleteRepository = Required<Omit<DoubleRepository, "license">> & {
  readonly license: { readonly key: string; readonly spdx: string } | null;
  readonly html_url: string;
};

/** Fills in the defaults: a fork exactly if it has a parent, and nothing else that is out of the ordinary. */
export function complete(repository: DoubleRepository): CompleteRepository {
  const { license = null, parent = null } = repository;
  return {
    forks: 0,
    description: null,
    archived: false,
    fork: parent !== null,
    language: null,
    topics: [],
    star_days: {},
    created_at: "2020-01-02T03:04:05Z",
    pushed_at: "2024-05-06T07:08:09Z",
    ...repository,
    parent,
    license:
      license === null
        ? null
        : { key: license === "NOASSERTION" ? "other" : license.toLowerCase(), spdx: license },
    html_url: `https://github.com/${repository.full_name}`,
  };
}
