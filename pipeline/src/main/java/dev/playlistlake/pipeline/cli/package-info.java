/**
 * What every command needs for a command line: flag values, exit codes, streams and signals. It
 * uses no other package of the program (decision 31).
 */
@NullMarked
package dev.playlistlake.pipeline.cli;

import org.jspecify.annotations.NullMarked;
