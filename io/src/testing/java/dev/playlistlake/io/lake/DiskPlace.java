package dev.playlistlake.io.lake;

import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.jspecify.annotations.Nullable;

/** A file or folder of the local disk behind another scheme: {@code scheme:/<name>/<path>}. */
public abstract class DiskPlace implements ResourceId {
  private static final long serialVersionUID = 1L;

  private final String scheme;
  private final String name;
  private final ResourceId onDisk;

  /**
   * A place.
   *
   * @param name tells apart what tests do to the same scheme
   */
  protected DiskPlace(String scheme, String name, ResourceId onDisk) {
    this.scheme = scheme;
    this.name = name;
    this.onDisk = onDisk;
  }

  /** Creates places of one file system. */
  public interface Factory<P extends DiskPlace> {
    P create(String name, ResourceId onDisk);
  }

  /** The place of a path. */
  public static <P extends DiskPlace> P of(
      String scheme, String path, boolean isDirectory, Factory<P> places) {
    int end = path.indexOf('/', scheme.length() + 2);
    return places.create(
        path.substring(scheme.length() + 2, end),
        FileSystems.matchNewResource(path.substring(end), isDirectory));
  }

  /** Another place of the same file system and name. */
  protected abstract DiskPlace at(ResourceId other);

  public final String name() {
    return name;
  }

  public final ResourceId onDisk() {
    return onDisk;
  }

  @Override
  public final ResourceId resolve(String other, ResolveOptions options) {
    return at(onDisk.resolve(other, options));
  }

  @Override
  public final ResourceId getCurrentDirectory() {
    return at(onDisk.getCurrentDirectory());
  }

  @Override
  public final String getScheme() {
    return scheme;
  }

  @Override
  public final @Nullable String getFilename() {
    return onDisk.getFilename();
  }

  @Override
  public final boolean isDirectory() {
    return onDisk.isDirectory();
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof DiskPlace place && toString().equals(place.toString());
  }

  @Override
  public final int hashCode() {
    return toString().hashCode();
  }

  @Override
  public final String toString() {
    return scheme + ":/" + name + onDisk;
  }
}
