package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.CatalogJson;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * What the job is measured against: one thread reads a day's stored answers with the job's own
 * mapper, keeps songs, albums and artists in maps, and writes the same Parquet. No audit, no
 * events, no day before. Arguments: the day's folder of stored answers, and a folder to write to.
 */
public final class PlainReplay {
  private static final String RUN_ID = "20261120T060000Z-0000";

  private final Path raw;
  private final Path lake;
  private final Map<String, Song> songs = new HashMap<>();
  private final Map<String, Album> albums = new HashMap<>();
  private final Map<String, Artist> artists = new HashMap<>();

  private PlainReplay(Path raw, Path lake) {
    this.raw = raw;
    this.lake = lake;
  }

  public static void main(String[] args) throws IOException {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    long start = System.nanoTime();
    long items = new PlainReplay(Path.of(args[0]), Path.of(args[1])).run();
    System.out.printf(
        Locale.ROOT, "%d items in %.2f s%n", items, (System.nanoTime() - start) / 1e9);
  }

  private long run() throws IOException {
    long items = readPlaylists();
    for (RawObject stored : stored("album")) {
      StoredDetailResponses.of(stored).forEach(this::addAlbum);
    }
    for (RawObject stored : stored("artist")) {
      StoredDetailResponses.of(stored).forEach(this::addArtist);
    }
    write(new SongCodec(), songs.values());
    write(new AlbumCodec(), albums.values());
    write(new ArtistCodec(), artists.values());
    return items;
  }

  private long readPlaylists() throws IOException {
    long count = 0;
    try (Table<PlaylistItem> items = new Table<>(lake, new PlaylistItemCodec());
        Table<Playlist> playlists = new Table<>(lake, new PlaylistCodec())) {
      for (Path path : paths("playlist")) {
        String id = path.getFileName().toString().split("\\.", -1)[0];
        PlaylistFetch reading = PlaylistFetch.replaying(id, RawObject.readWhole(path.toString()));
        playlists.write(
            Objects.requireNonNull(reading.playlist())
                .withReading(
                    ReadStatus.READ,
                    reading.slots().size(),
                    reading.totalCount(),
                    reading.completeAt()));
        for (PlaylistSlot slot : reading.slots()) {
          items.write(slot.seen().item());
          add(slot.seen());
          count++;
        }
      }
    }
    return count;
  }

  private void add(SeenItem seen) {
    Song song = seen.song();
    if (song != null) {
      songs.merge(song.trackId(), song, (a, b) -> newer(a, b, Song::fetchedAt));
    }
    Album album = seen.album();
    if (album != null) {
      albums.merge(album.albumId(), album, (a, b) -> newer(a, b, Album::fetchedAt));
    }
    for (Artist artist : seen.artists()) {
      artists.merge(artist.artistId(), artist, (a, b) -> newer(a, b, Artist::fetchedAt));
    }
  }

  private static <T> T newer(T one, T other, Function<T, Instant> time) {
    return time.apply(one).isBefore(time.apply(other)) ? other : one;
  }

  private void addAlbum(String id, StoredDetailResponses.StoredDetail said) {
    if (said.object() != null) {
      albums.put(id, CatalogJson.detailedAlbum(id, said.object(), said.fetchedAt()));
    }
  }

  private void addArtist(String id, StoredDetailResponses.StoredDetail said) {
    if (said.object() != null) {
      artists.put(id, CatalogJson.detailedArtist(id, said.object(), said.fetchedAt()));
    }
  }

  private List<RawObject> stored(String kind) throws IOException {
    return paths(kind).stream().map(path -> RawObject.readWhole(path.toString())).toList();
  }

  private List<Path> paths(String kind) throws IOException {
    if (!Files.exists(raw.resolve(kind))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(raw.resolve(kind))) {
      return all.filter(path -> path.toString().endsWith(".gz")).sorted().toList();
    }
  }

  private <T> void write(TableCodec<T> codec, Iterable<T> rows) throws IOException {
    try (Table<T> table = new Table<>(lake, codec)) {
      for (T row : rows) {
        table.write(row);
      }
    }
  }

  /** A table's one file, as the job would write it. */
  private static final class Table<T> implements AutoCloseable {
    private final TableCodec<T> codec;
    private final ParquetIO.Sink sink;
    private final FileChannel file;

    Table(Path lake, TableCodec<T> codec) throws IOException {
      this.codec = codec;
      this.sink =
          ParquetIO.sink(codec.table().schema())
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .withConfiguration(Map.of("parquet.avro.write-old-list-structure", "false"));
      Path path = lake.resolve(codec.table().tableName() + ".parquet");
      Files.createDirectories(lake);
      this.file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      sink.open(file);
    }

    void write(T value) throws IOException {
      GenericRecord row = codec.toRow(value);
      row.put(LakeTable.RUN_ID, RUN_ID);
      sink.write(row);
    }

    @Override
    public void close() throws IOException {
      sink.flush();
      file.close();
    }
  }
}
