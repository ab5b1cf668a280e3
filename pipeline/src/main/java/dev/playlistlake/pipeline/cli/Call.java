package dev.playlistlake.pipeline.cli;

import java.io.PrintStream;

/**
 * One call of a command.
 *
 * @param arguments the parsed arguments and their problems
 * @param out for output
 * @param err for messages
 */
public record Call(
    Arguments arguments, PrintStream out, PrintStream err, Surroundings surroundings) {}
