/**
 * What every command needs of a command line: values of flags, exit codes, streams and signals; it
 * knows no other package of the program.
 */
@NullMarked
package dev.playlistlake.pipeline.cli;

import org.jspecify.annotations.NullMarked;
