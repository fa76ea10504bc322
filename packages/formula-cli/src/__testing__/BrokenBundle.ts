import { checkBundle } from '../checks/checkBundle';
import { lineOf } from '../problem';
import { soundBundle } from './soundBundle';

/** A broken bundle: the file to change, the part of it, what is put in its place, and the problem that this makes. */
export type Breakage = [
  what: string,
  file: string,
  from: string,
  to: string,
  problem: unknown,
];

/** A temporary folder, as `createMockDirectory` makes it. */
interface Directory {
  resolve(path: string): string;
  setContent(content: Record<string, Record<string, string>>): void;
}

/** The sound bundle with something wrong with it. */
export class BrokenBundle {
  constructor(private readonly directory: Directory) {}

  /** The problems when some files have other contents, or are missing where it is undefined. */
  async problemsWith(
    changes: Record<string, string | undefined>,
  ): Promise<string[]> {
    const files = Object.entries({ ...soundBundle, ...changes }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    this.directory.setContent({ notes: Object.fromEntries(files) });
    const problems = await checkBundle(this.directory.resolve('notes'));
    return problems.map(lineOf);
  }

  /** The problems after a part of one file was replaced. */
  problemsAfter(file: string, from: string, to: string): Promise<string[]> {
    if (!soundBundle[file].includes(from)) {
      throw new Error(`${file} has no part ${from}`);
    }
    return this.problemsWith({ [file]: soundBundle[file].replace(from, to) });
  }
}
