/** Something that stops the launcher and that a person can mend: one sentence on what is wrong, one on what to do. */
export class Problem extends Error {
  constructor(message) {
    super(message);
    this.name = 'Problem';
  }
}
