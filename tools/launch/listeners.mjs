import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/**
 * Which process listens on a TCP port, as `{ pid, command }`; undefined when
 * nobody does, or when this system or another user's process does not tell.
 */
export function listenerOf(port) {
  try {
    return process.platform === 'linux' ? fromProc(port) : fromLsof(port);
  } catch {
    // Who it is only makes a message better: without lsof it does without.
    return undefined;
  }
}

/** Finds the socket in /proc/net/tcp and its owner among the open files (proc(5)). */
function fromProc(port) {
  const inodes = new Set(
    ['tcp', 'tcp6'].flatMap(table => listeningInodes(table, port)),
  );
  if (inodes.size === 0) return undefined;
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    if (openFiles(pid).some(file => inodes.has(file))) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return {
        pid: Number(pid),
        command: command.split('\0').join(' ').trim(),
      };
    }
  }
  return undefined;
}

const LISTENING = '0A';

function listeningInodes(table, port) {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return readFileSync(`/proc/net/${table}`, 'utf8')
    .split('\n')
    .slice(1)
    .map(line => line.trim().split(/\s+/))
    .filter(
      fields => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === LISTENING,
    )
    .map(fields => `socket:[${fields[9]}]`);
}

function openFiles(pid) {
  const folder = `/proc/${pid}/fd`;
  return unlessGone(() => readdirSync(folder), []).map(fd =>
    unlessGone(() => readlinkSync(`${folder}/${fd}`), ''),
  );
}

/** Processes and their files come and go while one looks, and some are somebody else's. */
function unlessGone(look, otherwise) {
  try {
    return look();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'EACCES') return otherwise;
    throw error;
  }
}

function fromLsof(port) {
  const output = execFileSync(
    'lsof',
    ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fp'],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const pid = output.match(/^p(\d+)$/m)?.[1];
  if (!pid) return undefined;
  const command = execFileSync('ps', ['-o', 'command=', '-p', pid], {
    encoding: 'utf8',
  });
  return { pid: Number(pid), command: command.trim() };
}
