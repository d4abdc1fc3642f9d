import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The order in which the rooms of the core may import each other: each only from those before it. */
const coreRooms = [
  'foundation',
  'networks',
  'gallery',
  'table',
  'trees',
  'kernels',
  'retrieval',
  'prompt',
  'recipe',
  'model',
  'graph',
  'architectures',
  'training',
  'inference',
  'evaluation',
  'report',
  'run',
  'images',
  'generation',
  'studies',
  'backends',
];

/** The same within the room of the back ends; the last three do not know each other. */
const backendRooms = ['http', 'exports', 'jobs', 'ray', 'hugging-face', 'openai'];
const services = backendRooms.slice(3);
const laterInBackends = backendRooms.map((room, index) => [
  `backends/${room}`,
  [...new Set([...backendRooms.slice(index + 1), ...services])].filter((later) => later !== room),
]);

const oneWayImports = [...coreRooms.map((room, index) => [room, coreRooms.slice(index + 1)]), ...laterInBackends].map(
  ([room, later]) => ({
    files: [`src/core/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'vscode', message: 'The core knows nothing of VS Code.' }],
          patterns: [
            {
              group: [
                ...later.flatMap((other) => [`../${other}/*`, `../../${other}/*`]),
                '**/engine/*',
                '**/cli/*',
                '**/extension/*',
                '**/shared/*',
              ],
              message: 'Imports go one way: a room of the core imports only from the rooms before it.',
            },
          ],
        },
      ],
    },
  }),
);

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.cache/', '.venv/', '.lift/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      // An object type alias fits an index signature, an interface does not: the wire's contracts are such aliases.
      '@typescript-eslint/consistent-type-definitions': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrel files: import from the file that defines it.' },
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
      eqeqeq: 'error',
    },
  },
  ...oneWayImports,
  { files: ['*.config.mts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        fetch: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        window: 'readonly',
        document: 'readonly',
        MutationObserver: 'readonly',
        getComputedStyle: 'readonly',
      },
    },
  },
);
