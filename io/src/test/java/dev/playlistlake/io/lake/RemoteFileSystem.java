package dev.playlistlake.io.lake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
 * The local disk behind another scheme, as an object store is: a test is called before each of its
 * requests, and may wait there, or throw what storage throws.
 *
 * <p>A path is {@code remote:/<store>/<path on disk>}.
 */
public final class RemoteFileSystem extends DiskFileSystem<RemoteFileSystem.Place> {
  private static final String SCHEME = "remote";
  private static final Map<String, Store> STORES = new ConcurrentHashMap<>();

  /** What is requested. */
  public enum Call {
    LIST,
    WRITE,
    OPEN,
    READ,
    RENAME,
    DELETE
  }

  /** What happens before a request. */
  public interface Before {
    /** Waits, or fails as storage does. */
    void call(Call call, String path) throws IOException;
  }

  /** Makes {@code remote:/} known to Beam. */
  public static final class Registrar implements FileSystemRegistrar {
    @Override
    public Iterable<FileSystem<?>> fromOptions(@Nullable PipelineOptions options) {
      return List.of(new RemoteFileSystem());
    }
  }

  /** One object store. */
  public static final class Store {
    private final String name;
    private final Before before;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong bytesRead = new AtomicLong();

    private Store(String name, Before before) {
      this.name = name;
      this.before = before;
    }

    /** A folder of the disk as a path in this store. */
    public String path(Path folder) {
      return SCHEME + ":/" + name + folder.toAbsolutePath();
    }

    public int calls() {
      return calls.get();
    }

    public long bytesRead() {
      return bytesRead.get();
    }
  }

  /** A new store, with a test that is called before each request. */
  public static synchronized Store store(Before before) {
    Store store = new Store(String.valueOf(STORES.size() + 1), before);
    STORES.put(store.name, store);
    return store;
  }

  static final class Place extends DiskPlace {
    private static final long serialVersionUID = 1L;

    Place(String store, ResourceId onDisk) {
      super(SCHEME, store, onDisk);
    }

    @Override
    protected Place at(ResourceId other) {
      return new Place(name(), other);
    }

    Store called(Call call) throws IOException {
      Store called = STORES.get(name());
      if (called == null) {
        throw new IllegalStateException("no store " + name());
      }
      called.calls.incrementAndGet();
      called.before.call(call, onDisk().toString());
      return called;
    }
  }

  RemoteFileSystem() {
    super(SCHEME, Place::new);
  }

  @Override
  protected void beforeListing(Place place) throws IOException {
    place.called(Call.LIST);
  }

  @Override
  protected WritableByteChannel create(Place place, CreateOptions options) throws IOException {
    place.called(Call.WRITE);
    return FileSystems.create(place.onDisk(), options);
  }

  @Override
  protected ReadableByteChannel open(Place place) throws IOException {
    place.called(Call.OPEN);
    return new Reading(place, (SeekableByteChannel) FileSystems.open(place.onDisk()));
  }

  /** As S3's: the bytes are requested when the first ones are read. */
  private static final class Reading implements SeekableByteChannel {
    private final Place place;
    private final SeekableByteChannel file;
    private boolean requested;

    Reading(Place place, SeekableByteChannel file) {
      this.place = place;
      this.file = file;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      if (!requested) {
        requested = true;
        place.called(Call.READ).bytesRead.addAndGet(file.size() - file.position());
      }
      return file.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      file.position(position);
      requested = false;
      return this;
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public int write(ByteBuffer bytes) {
      throw new UnsupportedOperationException("opened for reading");
    }

    @Override
    public SeekableByteChannel truncate(long size) {
      throw new UnsupportedOperationException("opened for reading");
    }

    @Override
    public boolean isOpen() {
      return file.isOpen();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  protected void rename(List<Place> from, List<Place> to, MoveOptions... options)
      throws IOException {
    for (int i = 0; i < from.size(); i++) {
      from.get(i).called(Call.RENAME);
      FileSystems.rename(List.of(from.get(i).onDisk()), List.of(to.get(i).onDisk()), options);
    }
  }

  @Override
  protected void delete(Collection<Place> places) throws IOException {
    for (Place place : places) {
      place.called(Call.DELETE);
      FileSystems.delete(List.of(place.onDisk()), StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }
}
