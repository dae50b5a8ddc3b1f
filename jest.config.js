const swc = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022'
    },
    module: { type: 'commonjs' }
  }
];

// Everything is transformed: JupyterLab, execa and others ship ES modules only, which Jest does not load by itself.
const common = {
  transform: { '\\.[cm]?[jt]sx?$': swc },
  transformIgnorePatterns: [],
  setupFilesAfterEnv: ['<rootDir>/tests/support/patience.js'],
  moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' }
};

const jupyterlab = require('@jupyterlab/testing/lib/jest-config')(__dirname);

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...common,
      displayName: 'server',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/src/{server,protocol}/**/*.spec.ts'],
      setupFiles: ['<rootDir>/tests/support/randomRuns.js']
    },
    {
      ...common,
      displayName: 'ui',
      testEnvironment: '@jupyterlab/testing/lib/jest-env',
      transform: { '\\.svg$': '@jupyterlab/testing/lib/jest-raw-loader.js', ...common.transform },
      testMatch: ['<rootDir>/src/{client,models,plugins,components,widgets}/**/*.spec.{ts,tsx}'],
      moduleNameMapper: { ...jupyterlab.moduleNameMapper, ...common.moduleNameMapper },
      resolver: jupyterlab.resolver,
      setupFiles: [
        ...jupyterlab.setupFiles,
        '<rootDir>/tests/support/randomRuns.js',
        '<rootDir>/tests/support/structuredClone.js'
      ]
    },
    {
      ...common,
      displayName: 'integration',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/integration/**/*.spec.ts']
    },
    {
      ...common,
      displayName: 'long',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/long/**/*.spec.ts'],
      setupFiles: ['<rootDir>/tests/support/longPatience.js']
    },
    {
      ...common,
      displayName: 'hub',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/hub/**/*.spec.ts']
    }
  ]
};
