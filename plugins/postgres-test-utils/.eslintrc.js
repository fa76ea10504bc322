module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  // A table of tests that other packages run is no test file itself.
  rules: { 'jest/no-export': 'off', 'jest/expect-expect': 'off' },
});
