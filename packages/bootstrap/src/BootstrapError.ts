/** What a person has to mend before the bootstrap can go on. Its message says it all. */
export class BootstrapError extends Error {
  name = 'BootstrapError' as const;
}
