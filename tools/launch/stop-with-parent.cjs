// Preloaded into the backend: when the launcher is gone, however it went, its
// end of this pipe closes, and the backend shuts down as on Ctrl-C.
process.stdin.resume();
process.stdin.on('end', () => process.kill(process.pid, 'SIGTERM'));
process.stdin.unref?.();
