import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts", "verify/tla2tools-runner/test/**/*.test.ts"],
    exclude: ["test/fixtures/**"],
    // Ten minutes are for what hangs. Tests and hooks run TLC, compile code and wait for a place
    // among those that do, so that on a busy machine each may take many times what it takes alone.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Files share the modules and the trees that a worker has loaded: most of them need the same.
    isolate: false,
    // The fewest cores that the project is built for; many tests wait for processes of their own.
    maxWorkers: 2,
  },
});
