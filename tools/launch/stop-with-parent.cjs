// Preloaded into every program of the launcher. When the launcher is gone,
// however it went, its end of the pipe to this program's standard input closes:
// the program then stops as on Ctrl-C, and after the limit by force, together
// with everything it started (it leads a process group of its own).
const { isMainThread } = require('node:worker_threads');

const LIMIT_MS = 10_000;

// Threads and processes of the program load this file too, and have another
// standard input.
const isTheProgram =
  isMainThread && Number(process.env.FORMULARY_LAUNCHER_PID) === process.ppid;

function killGroup() {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    // No group of its own, as on Windows.
    process.kill(process.pid, 'SIGKILL');
  }
}

if (isTheProgram) {
  process.stdin.resume();
  process.stdin.unref?.();
  process.stdin.once('end', () => {
    // Nobody reads the output any more; an error for each line that is still
    // written, logged in its turn, would keep the program from stopping.
    for (const output of [process.stdout, process.stderr])
      output.on('error', () => {});
    process.once('exit', killGroup);
    setTimeout(killGroup, LIMIT_MS).unref();
    if (!process.emit('SIGTERM', 'SIGTERM')) killGroup();
  });
}
