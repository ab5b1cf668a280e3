/** What passes between the steps of a run and is not a row of the lake. */
@NullMarked
package dev.playlistlake.model.run;

import org.jspecify.annotations.NullMarked;
