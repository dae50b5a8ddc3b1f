import js from '@eslint/js';
import jupyter from '@jupyter/eslint-plugin';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Who may import whom, from the outside in; each line may also import itself. */
const LAYERS = {
  protocol: [],
  tokens: ['protocol'],
  client: ['protocol', 'tokens'],
  models: ['client', 'protocol', 'tokens'],
  components: ['models', 'client', 'protocol', 'tokens'],
  widgets: ['components', 'models', 'client', 'protocol', 'tokens'],
  plugins: ['widgets', 'components', 'models', 'client', 'protocol', 'tokens'],
  index: ['plugins', 'tokens'],
  server: ['protocol']
};

/** The folders of the server, each of which may import those before it; the files beside them serve all, or start the server. */
const SERVER = [
  'process',
  'git',
  'annex',
  'datalad',
  'locks',
  'trust',
  'watch',
  'dataset',
  'jobs',
  'journal',
  'events',
  'operations',
  'web'
].map(folder => `server/${folder}`);
SERVER.forEach((folder, at) => (LAYERS[folder] = ['protocol', 'server', ...SERVER.slice(0, at)]));
LAYERS.server.push(...SERVER);

/** Single files, where the others are folders. */
const FILES = ['tokens', 'index'];

const layer = type => (FILES.includes(type) ? { file: { categories: type } } : { element: { type } });

const onlyIn = (place, names) => ({
  paths: names.map(name => ({ name, message: `Only ${place} may use it.` }))
});
const CHILD_PROCESS = onlyIn('src/server/process', ['child_process', 'node:child_process', 'execa']);
const SIMPLE_GIT = onlyIn('src/server/git/client.ts', ['simple-git']);
const both = { paths: [...CHILD_PROCESS.paths, ...SIMPLE_GIT.paths] };

const MARKUP = 'Text reaches the page through React alone, which escapes it.';

export default tseslint.config(
  {
    ignores: [
      '.cache/',
      '.venv/',
      'coverage/',
      'demo/',
      'lib/',
      'node_modules/',
      'jupyterlab_datalad/',
      'ui-tests/node_modules/',
      'ui-tests/playwright-report/',
      'ui-tests/test-results/'
    ]
  },
  js.configs.recommended,
  {
    rules: {
      curly: ['error', 'all'],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'] }],
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }]
    }
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['console', 'process', 'Buffer', 'performance', 'require', 'module', '__dirname', 'jest'].map(name => [name, 'readonly'])
      )
    }
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }
      ],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // A schema and the type derived from it share their name.
      'no-redeclare': 'off',
      '@typescript-eslint/no-redeclare': 'off'
    }
  },
  {
    files: ['src/**/*.{ts,tsx}', 'tests/**/*.ts'],
    // The tests' configuration is the one that includes every file.
    languageOptions: { parserOptions: { project: ['tsconfig.test.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error'
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js'] } },
      'boundaries/include': ['src/**/*'],
      // The first that fits counts: a folder of the server before the server.
      'boundaries/elements': Object.keys(LAYERS)
        .filter(type => !FILES.includes(type))
        .sort()
        .reverse()
        .map(type => ({ type, pattern: `src/${type}` })),
      'boundaries/files': FILES.map(category => ({ category, pattern: `src/${category}.ts` }))
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(LAYERS).flatMap(([from, to]) =>
            [from, ...to].map(target => ({ from: layer(from), allow: { to: layer(target) } }))
          )
        }
      ]
    }
  },
  {
    files: ['src/{client,models,components,widgets,plugins}/**/*.{ts,tsx}', 'src/{index,tokens}.ts'],
    plugins: { jupyter, 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs['recommended-latest'].rules,
      ...jupyter.configs.recommended[0].rules,
      // The models are needed as soon as the application starts; the server behind them is what starts lazily.
      'jupyter/prefer-lazy-imports': 'off',
      // Said of TanStack Virtual; we do not use the React compiler.
      'react-hooks/incompatible-library': 'off',
      // It takes a service that is destructured in the parameter list for one that is missing.
      'jupyter/plugin-activation-args': 'off',
      'no-restricted-properties': ['error', ...['innerHTML', 'outerHTML'].map(property => ({ property, message: MARKUP }))],
      'no-restricted-syntax': [
        'error',
        { selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]', message: MARKUP },
        { selector: 'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/]', message: MARKUP },
        { selector: 'CallExpression[callee.property.name="insertAdjacentHTML"]', message: MARKUP },
        {
          selector:
            'CallExpression[callee.property.name=/^_[_np]$/][callee.object.type="MemberExpression"][callee.object.object.type!="ThisExpression"]',
          message: 'Texts are taken for translation where they are called by `trans.__` or `this.trans.__` alone.'
        }
      ]
    }
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: ['src/**/*.spec.{ts,tsx}'],
    rules: { 'no-restricted-imports': ['error', both] }
  },
  { files: ['src/server/process/**/*.ts'], rules: { 'no-restricted-imports': ['error', SIMPLE_GIT] } },
  { files: ['src/server/git/client.ts'], rules: { 'no-restricted-imports': ['error', CHILD_PROCESS] } },
  {
    files: ['**/*.spec.{ts,tsx}', '**/*.fixtures.{ts,tsx}', 'ui-tests/**/*.ts'],
    rules: {
      // What is missing fails the test.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Playwright reads from the pattern which fixtures a function wants: none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }]
    }
  },
  {
    files: ['src/**/*.{spec,fixtures}.{ts,tsx}'],
    plugins: { jupyter },
    rules: { 'jupyter/no-untranslated-string': 'off', 'jupyter/require-disposable-ownership': 'off' }
  }
);
