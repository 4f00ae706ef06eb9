import { describe, expect, test } from "vitest";
import { linkTarget } from "../../pipeline/1-parse/link-target.ts";
import { HOSTS, LINK_KINDS, type LinkKind } from "../../schemas/vocabularies.ts";

const target = (address: string) => linkTarget(new URL(address));
const repository = (owner: string, name: string) => ({ type: "repository", host: "github.com", owner, name });
const page = (kind: LinkKind, implied_repository: string | null = null) => ({
  type: "page",
  kind,
  implied_repository,
});

describe("a repository on GitHub", () => {
  test.each([
    "https://github.com/Ada/River-Stones",
    "http://github.com/Ada/River-Stones/",
    "https://www.github.com/Ada/River-Stones",
    "https://github.com/Ada/River-Stones.git",
    "https://github.com/Ada/River-Stones.GIT/",
    "https://github.com/Ada/River-Stones/tree/main/src",
    "https://github.com/Ada/River-Stones/blob/main/README.md#use",
    "https://github.com/Ada/River-Stones/issues/7",
    "https://github.com/Ada/River-Stones?tab=readme-ov-file#stones",
    "https://github.com//Ada//River-Stones",
    "https://github.com/%41da/River%2DStones",
  ])("is named by %s, as it is written there", (address) => {
    expect(target(address)).toEqual(repository("Ada", "River-Stones"));
  });

  test.each([
    ["https://github.com/ada/stones.js", "stones.js"],
    ["https://github.com/ada/stones.github.io", "stones.github.io"],
    ["https://github.com/ada/.github", ".github"],
    ["https://github.com/ada/digit", "digit"],
    ["https://github.com/ada/git", "git"],
  ])("keeps its whole name: %s", (address, name) => {
    expect(target(address)).toEqual(repository("ada", name));
  });

  test("may have an owner and a name that are names of programming", () => {
    expect(target("https://github.com/constructor/toString")).toEqual(repository("constructor", "toString"));
  });

  test("keeps a percent sign that stands for nothing", () => {
    expect(target("https://github.com/ada/50%stones")).toEqual(repository("ada", "50%stones"));
  });

  test.each([
    "https://github.com/ada/stones%0A",
    "https://github.com/ada/sto%00nes",
    "https://github.com/a%2Fda/stones",
  ])("has no control character and no slash in its names: %s", (address) => {
    const found = target(address);
    const names = found.type === "repository" ? [found.owner, found.name] : [];
    for (const name of names) expect(name).not.toMatch(/[\p{Cc}/]/u);
  });
});

describe("a page of GitHub's own", () => {
  test.each([
    "about",
    "apps",
    "blog",
    "codespaces",
    "collections",
    "contact",
    "customer-stories",
    "enterprise",
    "events",
    "explore",
    "features",
    "issues",
    "login",
    "marketplace",
    "new",
    "notifications",
    "orgs",
    "organizations",
    "pricing",
    "pulls",
    "readme",
    "resources",
    "search",
    "security",
    "settings",
    "site",
    "solutions",
    "sponsors",
    "stars",
    "team",
    "topics",
    "trending",
    "users",
  ])("is no repository: github.com/%s/...", (first) => {
    expect(target(`https://github.com/${first}/anything`)).toEqual(page("code_host"));
  });

  test("is told whatever its case", () => {
    expect(target("https://github.com/Topics/rivers")).toEqual(page("code_host"));
  });

  test.each([
    "https://github.com/ada",
    "https://github.com/",
    "https://github.com",
    "https://github.com/ada/",
    "https://github.com/ada/.git",
  ])("or of an account alone is no repository: %s", (address) => {
    expect(target(address)).toEqual(page("code_host"));
  });

  test("with a reserved word as the second segment is a repository of that name", () => {
    expect(target("https://github.com/ada/topics")).toEqual(repository("ada", "topics"));
  });
});

describe("another host's page", () => {
  test.each<[string, LinkKind]>([
    ["https://gist.github.com/ada/0a1b2c", "code_host"],
    ["https://gitlab.com/ada", "code_host"],
    ["https://gitlab.com/explore/projects", "code_host"],
    ["https://gitlab.com/groups/rivers/stones", "code_host"],
    ["https://gitlab.com/ada/-/snippets", "code_host"],
    ["https://bitbucket.org/rivers/workspace/projects/ST", "code_host"],
    ["https://bitbucket.org/product/features", "code_host"],
    ["https://codeberg.org/explore/repos", "code_host"],
    ["https://codeberg.org/ada/-/packages", "code_host"],
    ["https://anonymous.4open.science/r/stones-0A1B", "anonymous_code"],
    ["https://arxiv.org/abs/2401.00001", "arxiv"],
    ["https://www.arxiv.org/pdf/2401.00001", "arxiv"],
    ["https://doi.org/10.1234/stones", "doi"],
    ["https://dx.doi.org/10.1234/stones", "doi"],
    ["https://zenodo.org/records/1234567", "archive"],
    ["https://figshare.com/articles/1", "archive"],
    ["https://rivers.figshare.com/articles/dataset/1", "archive"],
    ["https://www.bilibili.com/video/BV1stones", "video"],
    ["https://osf.io/ab3cd", "archive"],
    ["https://www.youtube.com/watch?v=stones", "video"],
    ["https://youtu.be/stones", "video"],
    ["https://vimeo.com/12345", "video"],
    ["https://example.org/github.com/ada/stones", "page"],
    ["https://github.com.example.org/ada/stones", "page"],
    ["https://notgithub.com/ada/stones", "page"],
    ["https://github.io/ada/stones", "page"],
    ["https://raw.githubusercontent.com/ada/stones/main/a.txt", "page"],
  ])("%s is of kind %s", (address, kind) => {
    expect(target(address)).toEqual(page(kind));
  });
});

describe("a repository on another code host", () => {
  test.each([
    ["https://gitlab.com/ada/stones", "gitlab.com", "ada", "stones"],
    ["https://gitlab.com/ada/stones.git", "gitlab.com", "ada", "stones"],
    ["https://gitlab.com/rivers/upper/stones/-/tree/main", "gitlab.com", "rivers/upper", "stones"],
    ["https://gitlab.com/rivers/upper/stones", "gitlab.com", "rivers/upper", "stones"],
    ["https://gitlab.com/rivers/upper/stones/tree/master", "gitlab.com", "rivers/upper", "stones"],
    ["https://gitlab.com/ada/stones/issues/7", "gitlab.com", "ada", "stones"],
    ["https://github.com/ada/stones,and", "github.com", "ada", "stones"],
    ["https://bitbucket.org/ada/stones/src/master/", "bitbucket.org", "ada", "stones"],
    ["https://codeberg.org/ada/stones/issues", "codeberg.org", "ada", "stones"],
  ])("is named by %s", (address, host, owner, name) => {
    expect(target(address)).toEqual({ type: "repository", host, owner, name });
  });
});

describe("a project page", () => {
  test.each([
    ["https://ada.github.io/stones", "github.com/ada/stones"],
    ["https://ada.github.io/stones/demo.html", "github.com/ada/stones"],
    ["https://ada.github.io", "github.com/ada/ada.github.io"],
    ["https://ada.github.io./", "github.com/ada/ada.github.io"],
    ["https://ada.github.io/index.html", "github.com/ada/ada.github.io"],
    ["https://ada.gitlab.io/stones", "gitlab.com/ada/stones"],
  ])("%s implies the repository that it is served from", (address, implied) => {
    expect(target(address)).toEqual(page("project_page", implied));
  });

  test.each([
    "https://deep.ada.github.io/stones",
    "https://ada.github.io/st%2Fones",
    "https://ada.github.io/%0A",
  ])("implies none where no rule says which: %s", (address) => {
    expect(target(address)).toEqual(page("project_page"));
  });
});

describe("a model hub's page", () => {
  test.each<[string, LinkKind]>([
    ["https://huggingface.co/ada/stones-7b", "model"],
    ["https://huggingface.co/ada/stones-7b/tree/main", "model"],
    ["https://hf.co/ada/stones-7b", "model"],
    ["https://huggingface.co/datasets/ada/river", "dataset"],
    ["https://huggingface.co/datasets/river", "dataset"],
    ["https://huggingface.co/spaces/ada/demo", "space"],
    ["https://huggingface.co/collections/ada/all-65f0", "collection"],
    ["https://huggingface.co/papers/2401.00001", "page"],
    ["https://huggingface.co/models", "page"],
    ["https://huggingface.co/ada", "page"],
    ["https://huggingface.co/", "page"],
  ])("%s is of kind %s", (address, kind) => {
    expect(target(address)).toEqual(page(kind));
  });

  test.each(["constructor", "toString", "__proto__"])(
    "of an account named %s has a kind that exists",
    (name) => {
      const found = target(`https://huggingface.co/${name}/stones`);
      expect(Object.keys(LINK_KINDS)).toContain(found.type === "page" ? found.kind : null);
    },
  );

  test.each(["blog", "docs", "learn"])("of the hub's own, below /%s, is no model", (first) => {
    expect(target(`https://huggingface.co/${first}/stones`)).toEqual(page("page"));
  });
});

test("repositories are of hosts that the tables know", () => {
  const found = target("https://github.com/ada/stones");
  expect(Object.keys(HOSTS)).toContain(found.type === "repository" ? found.host : null);
});
