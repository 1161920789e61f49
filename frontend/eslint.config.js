import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const only = (files, regex, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
});

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'screenshots', 'src/lib/schema.d.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXOpeningElement[name.name='svg'] > JSXAttribute[name.name='tabIndex']",
          message: 'SVG attributes are case-sensitive: write tabindex.',
        },
      ],
    },
  },
  // Imports go one way: lib <- components <- features <- app. Only app joins features.
  only(['src/lib/**'], '^\\.\\./', 'lib imports only lib.'),
  only(['src/components/**'], '^\\.\\./(?!lib/)', 'components import only lib and components.'),
  only(
    ['src/features/**'],
    '^\\.\\./(?!\\.\\./(lib|components)/)',
    'A feature imports lib, components and itself; src/app joins features.',
  ),
);
