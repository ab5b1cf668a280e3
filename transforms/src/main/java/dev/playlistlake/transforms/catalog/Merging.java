package dev.playlistlake.transforms.catalog;

import java.io.Serializable;
import java.util.Collection;

/** How several sightings of the same thing become one row. */
interface Merging<T> extends Serializable {
  /** The key that sightings of the same thing share. */
  String id(T sighting);

  /** Whether {@link #merge} may be given a part of the sightings first and the rest later. */
  boolean mayMergeEarly(T sighting);

  /** One row of at least one sighting; the order of the sightings does not matter. */
  T merge(Collection<T> sightings);
}
