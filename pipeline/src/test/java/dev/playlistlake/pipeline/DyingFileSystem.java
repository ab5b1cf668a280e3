package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.DiskFileSystem;
import dev.playlistlake.io.lake.DiskPlace;
import dev.playlistlake.io.lake.Forcible;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The local disk as a process sees it that is killed at one of its changes: a file is then begun
 * and empty, or half written, or not renamed, or not removed. Whatever the process does to files
 * afterwards, by whatever thread, fails with an {@link Error} that nothing catches, clean-up too.
 *
 * <p>A path is {@code dying:/<life>/<path on disk>}; each life has its own number of changes, and a
 * record of them that also tells what was forced to the disk.
 */
final class DyingFileSystem extends DiskFileSystem<DyingFileSystem.Place> {
  private static final String SCHEME = "dying";

  /** How many changes are left, by life; below 0 once it is over. */
  private static final Map<String, AtomicInteger> LEFT = new ConcurrentHashMap<>();

  /** What happened, in order, by life. */
  private static final Map<String, List<Change>> CHANGES = new ConcurrentHashMap<>();

  /**
   * Something that a process did to its disk.
   *
   * @param path on the disk; where a file was renamed to
   */
  record Change(What what, String path) {}

  enum What {
    WRITE,
    FORCE,
    RENAME,
    DELETE
  }

  /** Makes {@code dying:/} known to Beam. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(@Nullable PipelineOptions options) {
      return List.of(new DyingFileSystem());
    }
  }

  /** The end of a process. */
  static final class Killed extends Error {
    Killed() {
      super("killed by the test");
    }
  }

  /**
   * A folder for a process that is killed.
   *
   * @param change the number of the change at which it dies, from 1
   */
  static synchronized String lake(Path folder, int change) {
    String life = String.valueOf(LEFT.size() + 1);
    LEFT.put(life, new AtomicInteger(change - 1));
    CHANGES.put(life, Collections.synchronizedList(new ArrayList<>()));
    return SCHEME + ":/" + life + folder.toAbsolutePath();
  }

  /** What was done so far to a folder that {@link #lake} gave. */
  static List<Change> changes(String lake) {
    return List.copyOf(
        CHANGES.getOrDefault(DiskPlace.of(SCHEME, lake, true, Place::new).name(), List.of()));
  }

  static final class Place extends DiskPlace implements Forcible {
    private static final long serialVersionUID = 1L;

    Place(String life, ResourceId onDisk) {
      super(SCHEME, life, onDisk);
    }

    @Override
    protected Place at(ResourceId other) {
      return new Place(name(), other);
    }

    private void did(What what) {
      CHANGES.getOrDefault(name(), new ArrayList<>()).add(new Change(what, onDisk().toString()));
    }

    @Override
    public void force() {
      assertAlive();
      did(What.FORCE);
    }

    /** Counts a change; true where the process dies in its midst. */
    boolean diesChanging() {
      int left = left().getAndDecrement();
      if (left < 0) {
        throw new Killed();
      }
      return left == 0;
    }

    void assertAlive() {
      if (left().get() < 0) {
        throw new Killed();
      }
    }

    private AtomicInteger left() {
      AtomicInteger left = LEFT.get(name());
      if (left == null) {
        throw new IllegalStateException("no life " + name());
      }
      return left;
    }
  }

  DyingFileSystem() {
    super(SCHEME, Place::new);
  }

  @Override
  protected void beforeListing(Place place) {
    place.assertAlive();
  }

  @Override
  protected WritableByteChannel create(Place place, CreateOptions options) throws IOException {
    boolean dies = place.diesChanging();
    place.did(What.WRITE);
    WritableByteChannel file = FileSystems.create(place.onDisk(), options);
    if (dies) {
      file.close();
      throw new Killed();
    }
    return new DyingChannel(place, file);
  }

  private record DyingChannel(Place place, WritableByteChannel file)
      implements WritableByteChannel {
    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (place.diesChanging()) {
        bytes.limit(bytes.position() + bytes.remaining() / 2);
        file.write(bytes);
        throw new Killed();
      }
      return file.write(bytes);
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    /** The system closes the files of the dead. */
    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  protected ReadableByteChannel open(Place place) throws IOException {
    place.assertAlive();
    return FileSystems.open(place.onDisk());
  }

  @Override
  protected void rename(List<Place> from, List<Place> to, MoveOptions... options)
      throws IOException {
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).diesChanging()) {
        throw new Killed();
      }
      FileSystems.rename(List.of(from.get(i).onDisk()), List.of(to.get(i).onDisk()), options);
      from.get(i).did(What.RENAME);
      to.get(i).did(What.RENAME);
    }
  }

  @Override
  protected void delete(Collection<Place> places) throws IOException {
    for (Place place : places) {
      if (place.diesChanging()) {
        throw new Killed();
      }
      place.did(What.DELETE);
      FileSystems.delete(List.of(place.onDisk()), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
