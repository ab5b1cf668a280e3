/** The command {@code login}: signs a user in through a browser and stores the token. */
@NullMarked
package dev.playlistlake.pipeline.login;

import org.jspecify.annotations.NullMarked;
