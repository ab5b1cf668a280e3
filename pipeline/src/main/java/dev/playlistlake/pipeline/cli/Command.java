package dev.playlistlake.pipeline.cli;

import picocli.CommandLine.Model.CommandSpec;

/** What the program can do; the first argument names it. */
public interface Command {
  /** Its name and flags. Unless a command builds them itself, they are its annotated fields. */
  default CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(this);
  }

  /**
   * Runs it.
   *
   * @throws BadInputException with everything that is wrong with the flags
   */
  ExitCode run(Call call) throws BadInputException;
}
