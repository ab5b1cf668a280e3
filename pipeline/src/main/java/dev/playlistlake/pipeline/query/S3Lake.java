package dev.playlistlake.pipeline.query;

import dev.playlistlake.queries.duckdb.AbsentFiles;
import dev.playlistlake.schema.LakePath;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A lake on S3 as a folder: a folder of one session that has an empty file for each object and,
 * once a statement needs it, its content from the cache. The more objects a statement turns out to
 * need, the more are fetched at once.
 */
final class S3Lake implements AbsentFiles, AutoCloseable {
  private static final int AT_ONCE = 16;

  private final S3Client s3;
  private final String bucket;
  private final String prefix;
  private final FileCache cache;
  private final PrintStream err;
  private final Path folder;
  private final Map<Path, S3Object> absent = new HashMap<>();
  private final Map<String, Integer> batches = new HashMap<>();

  /** An object was removed after the listing, as a run does that publishes a day again. */
  static final class OutdatedListingException extends IOException {
    private static final long serialVersionUID = 1;

    OutdatedListingException(String key, Throwable cause) {
      super(key + " is gone", cause);
    }
  }

  /**
   * The lake, without any file.
   *
   * @param lake {@code s3://bucket} or {@code s3://bucket/prefix}
   * @throws IOException if the cache cannot be written
   */
  S3Lake(S3Client s3, String lake, FileCache cache, PrintStream err) throws IOException {
    String[] place = lake.substring("s3://".length()).split("/", 2);
    this.s3 = s3;
    this.bucket = place[0];
    this.prefix = place.length < 2 || place[1].isEmpty() ? "" : place[1] + "/";
    this.cache = cache;
    this.err = err;
    this.folder = cache.newSession();
  }

  Path folder() {
    return folder;
  }

  /**
   * Adds the files of a table that runs wrote.
   *
   * @param isNeeded which of them; the others do not appear
   * @return how many there are
   * @throws IOException if they cannot be listed
   */
  int add(String table, Predicate<LakePath> isNeeded) throws IOException {
    int count = 0;
    try {
      for (S3Object object :
          s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix + table + "/"))
              .contents()) {
        String path = object.key().substring(prefix.length());
        Optional<LakePath> known = LakePath.parse(path).filter(isNeeded);
        if (known.isPresent()) {
          Path file = folder.resolve(path);
          Files.createDirectories(file.getParent());
          Files.createFile(file);
          absent.put(file, object);
          count++;
        }
      }
      return count;
    } catch (SdkException e) {
      throw new IOException("s3://" + bucket + "/" + prefix + table + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isAbsent(Path file) {
    return absent.containsKey(file);
  }

  /**
   * Fetches the file's day of its table and, each time, twice as many days before it as the last
   * time; of the days before it also those that are cached.
   */
  @Override
  public void fetch(Path file) throws IOException {
    String table = table(file);
    int days = batches.merge(table, 1, (before, one) -> before * 2);
    List<Path> wanted = new ArrayList<>();
    NavigableMap<String, List<Path>> byDay = absentByDay(table);
    for (List<Path> ofDay :
        byDay.headMap(day(file), /* inclusive= */ true).descendingMap().values()) {
      if (days-- > 0 || ofDay.stream().allMatch(this::isCached)) {
        wanted.addAll(ofDay);
      }
    }
    fetchAll(wanted);
  }

  /** Fetches the files of a table of one day: the newest up to the given one. */
  void fetchDay(String table, String upTo) throws IOException {
    Map.Entry<String, List<Path>> day =
        absentByDay(table).floorEntry(LakeTable.INGEST_DATE + "=" + upTo);
    if (day != null) {
      fetchAll(day.getValue());
    }
  }

  /** Fetches all files of a table. */
  void fetchTable(String table) throws IOException {
    fetchAll(absentByDay(table).values().stream().flatMap(List::stream).toList());
  }

  private NavigableMap<String, List<Path>> absentByDay(String table) {
    NavigableMap<String, List<Path>> byDay = new TreeMap<>();
    absent.keySet().stream()
        .filter(file -> table(file).equals(table))
        .sorted()
        .forEach(file -> byDay.computeIfAbsent(day(file), day -> new ArrayList<>()).add(file));
    return byDay;
  }

  private String table(Path file) {
    return folder.relativize(file).getName(0).toString();
  }

  private String day(Path file) {
    return folder.relativize(file).getName(1).toString();
  }

  private S3Object object(Path file) {
    return Objects.requireNonNull(absent.get(file));
  }

  private boolean isCached(Path file) {
    return cache.holds(name(object(file)));
  }

  private void fetchAll(Collection<Path> files) throws IOException {
    List<Path> missing = files.stream().filter(file -> !isCached(file)).toList();
    if (!missing.isEmpty()) {
      long bytes = missing.stream().mapToLong(file -> object(file).size()).sum();
      err.println(
          String.format(
              Locale.ROOT,
              "Fetching %,d %s of %s (%,.1f MB) from s3://%s/%s",
              missing.size(),
              missing.size() == 1 ? "file" : "files",
              table(missing.get(0)),
              bytes / 1e6,
              bucket,
              prefix));
    }
    ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> fetched = new ArrayList<>();
      for (Path file : files) {
        S3Object object = object(file);
        fetched.add(workers.submit(() -> put(file, object)));
      }
      for (Future<?> one : fetched) {
        one.get();
      }
      files.forEach(absent::remove);
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      throw cause instanceof IOException known ? known : new IOException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      workers.shutdownNow();
    }
  }

  private Object put(Path file, S3Object object) throws IOException {
    try {
      cache.put(
          name(object),
          file,
          place ->
              s3.getObject(
                  get -> get.bucket(bucket).key(object.key()).ifMatch(object.eTag()), place));
      return file;
    } catch (NoSuchKeyException e) {
      throw new OutdatedListingException(object.key(), e);
    } catch (SdkException e) {
      if (String.valueOf(e.getMessage()).contains("Status Code: 412")) {
        throw new OutdatedListingException(object.key(), e);
      }
      throw new IOException("s3://" + bucket + "/" + object.key() + ": " + e.getMessage(), e);
    }
  }

  private String name(S3Object object) {
    return String.join(
        "\n",
        String.valueOf(s3.serviceClientConfiguration().endpointOverride().orElse(null)),
        bucket,
        object.key(),
        String.valueOf(object.size()),
        object.eTag());
  }

  /** Removes the session's folder, and from the cache what exceeds its size. */
  @Override
  public void close() {
    try {
      FileCache.deleteTree(folder);
      cache.trim();
    } catch (IOException e) {
      err.println("--cache: the files of this query could not be cleaned up: " + e);
    } finally {
      s3.close();
    }
  }
}
