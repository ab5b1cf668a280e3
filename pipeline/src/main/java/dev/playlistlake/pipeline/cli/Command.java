package dev.playlistlake.pipeline.cli;

import picocli.CommandLine.Model.CommandSpec;

/** A command of the program; the first argument names it. */
public interface Command {
  /** Its name and flags; by default its annotated fields. */
  default CommandSpec spec() {
    return CommandSpec.forAnnotatedObject(this);
  }

  /**
   * Runs it.
   *
   * @throws BadInputException with all mistakes in the flags
   */
  ExitCode run(Call call) throws BadInputException;
}
