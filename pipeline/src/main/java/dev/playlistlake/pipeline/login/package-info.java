/** The command {@code login}: lets a user sign in through a browser and keeps the token. */
@NullMarked
package dev.playlistlake.pipeline.login;

import org.jspecify.annotations.NullMarked;
