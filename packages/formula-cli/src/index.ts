/**
 * The command line tool `formula`.
 *
 * @packageDocumentation
 */
import { Command } from 'commander';
import { test } from './commands/test';
import { validate } from './commands/validate';

const program = new Command('formula').description(
  'Checks the bundles of formulas and templates',
);

program
  .command('validate')
  .description('Check that the files of each bundle fit together')
  .argument(
    '[folder...]',
    'bundles; default: all folders in formulas/ and templates/',
  )
  .option('--report <file>', 'write the outcome as JSON too')
  .action(validate);

program
  .command('test')
  .description("Fill in each bundle's skeleton and run its own tests")
  .argument(
    '[folder...]',
    'bundles; default: all in formulas/ and templates/ that have a skeleton.test.json',
  )
  .option('--report <file>', 'write the outcome as JSON too')
  .option(
    '--time-limit <seconds>',
    'after which a command is stopped',
    Number,
    600,
  )
  .action(test);

program.parseAsync().catch(error => {
  process.stderr.write(
    `${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
