import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000, // many files make a release before their first test
    typecheck: { enabled: true, include: ["test/**/*.test-d.ts"], checker: "tsc" },
  },
});
