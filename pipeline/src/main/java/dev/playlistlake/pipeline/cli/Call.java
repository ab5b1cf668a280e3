package dev.playlistlake.pipeline.cli;

import java.io.PrintStream;

/**
 * One call of a command.
 *
 * @param arguments what was typed, and what is wrong with it
 * @param out for answers
 * @param err for messages
 */
public record Call(
    Arguments arguments, PrintStream out, PrintStream err, Surroundings surroundings) {}
