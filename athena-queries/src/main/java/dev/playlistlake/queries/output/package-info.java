/** Results as text, in the formats that you can choose. */
@NullMarked
package dev.playlistlake.queries.output;

import org.jspecify.annotations.NullMarked;
