package dev.playlistlake.pipeline.run;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** A storage that holds nothing and has no room for anything. */
final class FullFileSystem extends FileSystem<FullFileSystem.Place> {
  static final String SCHEME = "full";

  /** Makes {@code full://} known to Beam. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(@Nullable PipelineOptions options) {
      return List.of(new FullFileSystem());
    }
  }

  record Place(String path) implements ResourceId {
    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      boolean folder = options.equals(StandardResolveOptions.RESOLVE_DIRECTORY);
      String base = path.endsWith("/") ? path : path + "/";
      return new Place(base + other + (folder && !other.endsWith("/") ? "/" : ""));
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return isDirectory() ? this : new Place(path.substring(0, path.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public @Nullable String getFilename() {
      return isDirectory() ? null : path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return path.endsWith("/");
    }

    @Override
    public String toString() {
      return path;
    }
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    return specs.stream()
        .map(
            spec ->
                MatchResult.create(
                    MatchResult.Status.NOT_FOUND, new FileNotFoundException("nothing is here")))
        .toList();
  }

  @Override
  protected WritableByteChannel create(Place place, CreateOptions options) throws IOException {
    throw new IOException("No space left on device");
  }

  @Override
  protected ReadableByteChannel open(Place place) throws IOException {
    throw new FileNotFoundException(place.path());
  }

  @Override
  protected void copy(List<Place> from, List<Place> to) throws IOException {
    throw new IOException("No space left on device");
  }

  @Override
  protected void rename(List<Place> from, List<Place> to, MoveOptions... options)
      throws IOException {
    throw new IOException("No space left on device");
  }

  @Override
  protected void delete(Collection<Place> places) {
    // There is nothing.
  }

  @Override
  protected Place matchNewResource(String path, boolean isDirectory) {
    return new Place(isDirectory && !path.endsWith("/") ? path + "/" : path);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }
}
