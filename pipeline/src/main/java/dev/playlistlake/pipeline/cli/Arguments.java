package dev.playlistlake.pipeline.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * The arguments of a command.
 *
 * @param parsed as picocli read them
 * @param problems every mistake in them; a command adds its own
 */
public record Arguments(ParseResult parsed, Problems problems) {
  /**
   * Parses them; picocli fills the command's annotated fields.
   *
   * @param all the program's commands, to find the one with a flag that this one lacks; called only
   *     if there is such a flag
   * @throws BadInputException if an argument file cannot be read
   */
  public static Arguments parse(
      CommandSpec command, List<String> args, Supplier<List<CommandSpec>> all)
      throws BadInputException {
    return new ArgumentParser(command, all).parse(args);
  }
}
