module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // Its cases assert, in files of their own.
      files: ['src/isolation/isolation.test.ts'],
      rules: { 'jest/expect-expect': 'off' },
    },
  ],
});
