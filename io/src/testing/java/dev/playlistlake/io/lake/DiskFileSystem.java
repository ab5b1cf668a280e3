package dev.playlistlake.io.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;

/** The local disk behind another scheme; a subclass decides what happens before each request. */
public abstract class DiskFileSystem<P extends DiskPlace> extends FileSystem<P> {
  private final String scheme;
  private final DiskPlace.Factory<P> places;

  protected DiskFileSystem(String scheme, DiskPlace.Factory<P> places) {
    this.scheme = scheme;
    this.places = places;
  }

  /** Called before a listing. */
  protected abstract void beforeListing(P place) throws IOException;

  @Override
  protected final List<MatchResult> match(List<String> specs) throws IOException {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      P place = matchNewResource(spec, false);
      beforeListing(place);
      MatchResult match = FileSystems.match(place.onDisk().toString(), EmptyMatchTreatment.ALLOW);
      results.add(
          match.status() == MatchResult.Status.OK
              ? MatchResult.create(MatchResult.Status.OK, files(place, match))
              : match);
    }
    return results;
  }

  private List<MatchResult.Metadata> files(P place, MatchResult match) throws IOException {
    List<MatchResult.Metadata> files = new ArrayList<>();
    for (MatchResult.Metadata file : match.metadata()) {
      files.add(
          MatchResult.Metadata.builder()
              .setResourceId(places.create(place.name(), file.resourceId()))
              .setSizeBytes(file.sizeBytes())
              .setLastModifiedMillis(file.lastModifiedMillis())
              .setIsReadSeekEfficient(true)
              .build());
    }
    return files;
  }

  @Override
  protected final void copy(List<P> from, List<P> to) {
    throw new UnsupportedOperationException("the program copies nothing");
  }

  @Override
  protected final P matchNewResource(String path, boolean isDirectory) {
    return DiskPlace.of(scheme, path, isDirectory, places);
  }

  @Override
  protected final String getScheme() {
    return scheme;
  }
}
