/** Something that stops the launcher and that a person can mend: one sentence on what is wrong, one on what to do. */
export class Problem extends Error {
  name = 'Problem';
}

/** Runs a launcher command and ends the process: a problem is printed as its sentence, anything else with its stack. */
export async function main(command) {
  try {
    process.exitCode = (await command()) ?? 0;
  } catch (error) {
    process.stderr.write(
      `\n${error instanceof Problem ? error.message : error.stack}\n`,
    );
    process.exitCode = 1;
  }
}
