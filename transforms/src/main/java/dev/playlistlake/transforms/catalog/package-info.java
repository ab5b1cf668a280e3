/** Songs, albums and artists: from many sightings to one row per id. */
@NullMarked
package dev.playlistlake.transforms.catalog;

import org.jspecify.annotations.NullMarked;
