import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javaMajor } from './keycloak.mjs';

for (const [printed, major] of [
  ['openjdk version "17.0.15" 2025-04-15\nOpenJDK Runtime Environment', 17],
  ['openjdk version "25" 2025-09-16', 25],
  ['openjdk version "21-ea" 2023-09-19', 21],
  ['java version "1.8.0_401"', 8],
  ['No Java runtime present, requesting install.', undefined],
]) {
  test(`reads the Java version ${major} of ${printed.split('\n')[0]}`, () => {
    assert.equal(javaMajor(printed), major);
  });
}
