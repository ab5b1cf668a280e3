/** Which proxy a connection goes through, read in the process that opens it. */
@NullMarked
package dev.playlistlake.io.proxy;

import org.jspecify.annotations.NullMarked;
