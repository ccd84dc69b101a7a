import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { describeTools, locateJava } from "../src/index.js";
import { errorOf, Sandbox } from "./support/sandbox.js";

const answers = (version: string) => `echo 'openjdk version "${version}" 2025-04-15' >&2`;

describe("locateJava", () => {
  it("takes JAVA_HOME before PATH", async () => {
    const box = new Sandbox();
    box.script("bin/java", answers("21.0.1"));
    const path = box.script("a home/bin/java", answers("17.0.15"));
    const java = await locateJava(box.environment({ JAVA_HOME: join(box.path, "a home") }));
    expect(java).toEqual({
      path,
      version: "17.0.15",
      major: 17,
      source: "JAVA_HOME",
      passedOver: [],
    });
  });

  it("says why it passed JAVA_HOME over", async () => {
    const box = new Sandbox();
    const path = box.script("bin/java", answers("11"));
    const java = await locateJava(box.environment({ JAVA_HOME: join(box.path, "nowhere") }));
    expect(java).toMatchObject({ path, version: "11", major: 11, source: "PATH" });
    expect(java.passedOver).toEqual([
      { source: "JAVA_HOME", reason: expect.stringContaining("nowhere/bin/java is no program") },
    ]);
  });

  it("passes over a Java that is too old", async () => {
    const box = new Sandbox();
    const old = box.script("old/bin/java", answers("1.8.0_292"));
    box.script("bin/java", answers("17.0.15"));
    const java = await locateJava(box.environment({ JAVA_HOME: join(box.path, "old") }));
    expect(java.major).toBe(17);
    expect(java.passedOver).toEqual([{ source: old, reason: "version 1.8.0_292 is too old" }]);
  });

  it("fails with TLC_NO_JAVA where there is none", async () => {
    const error = await errorOf(locateJava(new Sandbox().environment()));
    expect(error.code).toBe("TLC_NO_JAVA");
    expect(error.format()).toContain("Install a Java runtime 11+");
    expect(error.format()).toContain("JAVA_HOME: the variable is not set");
  });

  it.each(["1.8.0_292", "10.0.2", "9-ea"])(
    "fails with TLC_JAVA_TOO_OLD for %s",
    async (version) => {
      const box = new Sandbox();
      box.script("bin/java", answers(version));
      const error = await errorOf(locateJava(box.environment()));
      expect(error).toMatchObject({ code: "TLC_JAVA_TOO_OLD", expected: "Java 11 or later" });
      expect(error.found).toContain(version);
    },
  );

  it.each(["exit 1", "echo hello", "kill -9 $$"])(
    "fails with TLC_JAVA_UNUSABLE for %j",
    async (body) => {
      const box = new Sandbox();
      const path = box.script("bin/java", body);
      const error = await errorOf(locateJava(box.environment()));
      expect(error).toMatchObject({ code: "TLC_JAVA_UNUSABLE", where: path });
    },
  );

  it("is part of describeTools, where a missing tool is told and not thrown", async () => {
    const { java, jar } = await describeTools({ env: new Sandbox().environment(), offline: true });
    expect(java).toMatchObject({ code: "TLC_NO_JAVA" });
    expect(jar).toMatchObject({ code: "TLC_NO_JAR" });
  });
});
