/** What the tests of several modules share. */
@NullMarked
package dev.playlistlake.testing;

import org.jspecify.annotations.NullMarked;
