// Runs with native ES modules (see the test script) and strips types with
// esbuild, so what is tested is the same source that Node runs.
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.mjs' },
  modulePathIgnorePatterns: ['<rootDir>/.serverless/', '<rootDir>/.signalbox/', '<rootDir>/.esbuild/'],
  globalSetup: '<rootDir>/test/support/package-once.mjs',
  randomize: true,
  maxWorkers: 2,
  testTimeout: 60_000,
  // Each file loads everything anew, and a worker that has played a hundred of them keeps some of it.
  workerIdleMemoryLimit: '1GB',
};
