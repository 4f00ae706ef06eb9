import { expect, test } from "vitest";
import { repositoryKey } from "../../pipeline/core/repository-key.ts";

const key = (owner: string, name: string) => repositoryKey({ host: "github.com", owner, name });

test("names that differ in case only are one repository", () => {
  expect(key("Ada", "River-Stones")).toBe(key("ada", "river-stones"));
});

test("host, owner and name all tell repositories apart", () => {
  expect(key("ada", "stones")).toBe("github.com/ada/stones");
  expect(key("ada", "stones")).not.toBe(key("eve", "stones"));
  expect(key("ada", "stones")).not.toBe(key("ada", "pebbles"));
  expect(key("ada", "stones")).not.toBe(repositoryKey({ host: "gitlab.com", owner: "ada", name: "stones" }));
});
