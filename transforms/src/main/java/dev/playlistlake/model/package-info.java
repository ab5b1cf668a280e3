/** The lake's domain as values: no Beam, no network, no files. */
@NullMarked
package dev.playlistlake.model;

import org.jspecify.annotations.NullMarked;
