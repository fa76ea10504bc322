import { bootstrap } from './bootstrap';

bootstrap(process.argv.slice(2), process.env, line => console.log(line)).then(
  code => {
    process.exitCode = code;
  },
  error => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
