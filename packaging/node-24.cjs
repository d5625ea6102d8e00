// Says what to do where an npm script would otherwise fail on an old Node with
// words that do not help. CommonJS without types, so that any Node can read it.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `This runs on Node 24, and npm found only ${process.version}. Node 24 comes with "npm ci" as an optional ` +
      'dependency for Linux, macOS and Windows on x64 and for Linux and macOS on arm64. Run "npm ci" without ' +
      '--omit=optional, or install Node 24 on this machine.',
  );
  process.exit(1);
}
