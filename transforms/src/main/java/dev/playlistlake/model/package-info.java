/** What the lake is about, as values: no Beam, no network, no file. */
@NullMarked
package dev.playlistlake.model;

import org.jspecify.annotations.NullMarked;
