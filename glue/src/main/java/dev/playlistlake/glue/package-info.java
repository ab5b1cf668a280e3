/** The catalog: a CloudFormation template generated from the table schemas and the SQL files. */
@NullMarked
package dev.playlistlake.glue;

import org.jspecify.annotations.NullMarked;
