/** What makes files a published run: audit, commit, clean-up, and which run of a day counts. */
@NullMarked
package dev.playlistlake.io.publish;

import org.jspecify.annotations.NullMarked;
