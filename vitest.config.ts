import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "verify/tla2tools-runner/test/**/*.test.ts"],
    exclude: ["test/fixtures/**"],
    testTimeout: 60_000,
    // Hooks run TLC and compile code: on a busy machine they take as long as a test, and longer.
    hookTimeout: 120_000,
    // The fewest cores that the project is built for; many tests wait for processes of their own.
    maxWorkers: 2,
  },
});
