import { readEnvFile, writeEnvFile } from './envFile';

/**
 * What the bootstrap made and can't read again: tokens above all. It is the
 * portal's environment file, and written after every change, so that a run that
 * is cut off loses nothing.
 */
export class Known {
  private readonly variables: Record<string, string>;

  constructor(private readonly file: string) {
    this.variables = readEnvFile(file);
  }

  /** A variable, if it is known. */
  get(name: string): string | undefined {
    return this.variables[name] || undefined;
  }

  /** Remembers variables; whether one of them is new or changed. */
  set(variables: Record<string, string | number>): boolean {
    const changed = Object.entries(variables).filter(
      ([name, value]) => this.variables[name] !== String(value),
    );
    for (const [name, value] of changed) this.variables[name] = String(value);
    if (changed.length > 0) {
      writeEnvFile(
        this.file,
        this.variables,
        'Environment of the portal (app-config.production.yaml), written by "bootstrap". Secret.',
      );
    }
    return changed.length > 0;
  }
}
