import { HookswitchError } from '@hookswitch/dsl';

/** A project was made, and npm could not install what it needs. */
export class InstallError extends HookswitchError {
  override readonly name = 'InstallError';
  readonly code = 'HS_INSTALL';
  /** The project. */
  readonly folder: string;
  /** What npm printed. */
  readonly output: string;

  constructor(folder: string, output: string) {
    super(
      `The project in ${folder} is written, but npm install failed there. Fix what npm says, then run it again:\n${output.trim()}${hint(output)}`,
    );
    this.folder = folder;
    this.output = output;
  }
}

/** What npm can't know: that our packages are made from a clone of the repository, too. */
function hint(output: string): string {
  if (!/E404[^]*@hookswitch/.test(output)) return '';
  return '\nThe registry does not have these packages. In a clone of the repository, make the project with: npm run new -- FOLDER';
}
