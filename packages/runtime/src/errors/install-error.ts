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
    super(`The project in ${folder} is written, but npm install failed there. Run it again once this is mended:\n${output.trim()}`);
    this.folder = folder;
    this.output = output;
  }
}
