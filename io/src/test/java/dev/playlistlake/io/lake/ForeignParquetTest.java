package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.publish.Audit;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.publish.RunRecord;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RunRowCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.testing.Rows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that other programs have written into the lake, or have tampered with. */
class ForeignParquetTest {
  private static final String TRUNCATE = "java.io.FileOutputStream";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @BeforeAll
  static void useFolders() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private Path write(String type, Map<String, String> metadata, List<Group> rows)
      throws IOException {
    Path file = folder.resolve("file.parquet");
    Files.deleteIfExists(file);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(MessageTypeParser.parseMessageType(type))
            .withConf(new Configuration(false))
            .withExtraMetaData(metadata)
            .build()) {
      for (Group row : rows) {
        writer.write(row);
      }
    }
    return file;
  }

  private Path song(String columns, Consumer<Group> fill) throws IOException {
    String type = "message song { required binary track_id (STRING); " + columns + " }";
    MessageType parsed = MessageTypeParser.parseMessageType(type);
    Group row = new SimpleGroup(parsed);
    row.add("track_id", "t1");
    fill.accept(row);
    return write(type, Map.of(), List.of(row));
  }

  private Song onlySong(Path file) {
    List<Song> songs = new ArrayList<>();
    ParquetFiles.forEach(new SongCodec(), file.toString(), songs::add);
    assertThat(songs.size(), is(1));
    return songs.get(0);
  }

  /** What the file says of classes is data: nothing of it is made. */
  @ParameterizedTest
  @CsvSource({"parquet.avro.schema", "avro.schema", "parquet.avro.read.schema", "avro.read.schema"})
  void noClassThatAFileNamesIsMade(String key) throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    String hostile =
        """
        {"type":"record","name":"run","namespace":"dev.playlistlake","fields":[
         {"name":"run_id","type":{"type":"string","java-class":"%s"}},
         {"name":"status","type":{"type":"string","java-class":"%s"}}]}"""
            .formatted(TRUNCATE, TRUNCATE);
    String type =
        "message run { required binary run_id (STRING); required binary status (STRING); }";
    Group row = new SimpleGroup(MessageTypeParser.parseMessageType(type));
    row.add("run_id", victim.toString());
    row.add("status", victim.toString());
    Path file = write(type, Map.of(key, hostile), List.of(row));

    assertThrows(
        DamagedFileException.class, () -> ParquetFiles.only(new RunRowCodec(), file.toString()));
    assertThat(
        ParquetFiles.read(LakeTable.RUN, file.toString()).get(0).get("status").toString(),
        is(victim.toString()));
    assertThat(Files.readString(victim), is("precious"));
  }

  @Test
  void integersOfOtherWidthsAreTheSameNumbers() throws IOException {
    Song song =
        onlySong(
            song(
                "optional int64 duration_ms; optional double disc_number;"
                    + " optional int32 track_number (INTEGER(8,true)); optional float popularity;",
                row -> {
                  row.add("duration_ms", 180_000L);
                  row.add("disc_number", 2.0);
                  row.add("track_number", 7);
                  row.add("popularity", 55f);
                }));
    assertThat(song.durationMs(), is(180_000));
    assertThat(song.discNumber(), is(2));
    assertThat(song.trackNumber(), is(7));
    assertThat(song.popularity(), is(55));
    assertThat(song.name(), is(nullValue()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMP(MILLIS,true)|1790000000123|2026-09-21T14:13:20.123Z",
        "TIMESTAMP(MICROS,false)|1790000000123456|2026-09-21T14:13:20.123456Z",
        "TIMESTAMP(NANOS,true)|1790000000123456789|2026-09-21T14:13:20.123456Z",
      })
  void timestampsOfOtherUnitsAreTheSameInstants(String type, long value, Instant expected)
      throws IOException {
    Path file =
        song("optional int64 fetched_at (" + type + ");", row -> row.add("fetched_at", value));
    assertThat(onlySong(file).fetchedAt(), is(expected));
  }

  @Test
  void timestampsInTheOldFormOfSparkAreTheSameInstants() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(3_600_000_001_000L).putInt(2_440_588 + 1);
    Path file =
        song(
            "optional int96 fetched_at;",
            row -> row.add("fetched_at", Binary.fromConstantByteArray(bytes.array())));
    assertThat(onlySong(file).fetchedAt(), is(Instant.parse("1970-01-02T01:00:00.000001Z")));
  }

  @ParameterizedTest
  @CsvSource({"list,element", "list,item", "bag,array_element"})
  void listsOfStructsAreReadWhateverTheirPartsAreCalled(String repeated, String element)
      throws IOException {
    Path file =
        song(
            """
            optional group artists (LIST) { repeated group %s { optional group %s {
              optional int32 extra; optional binary name (STRING); optional binary artist_id; } } }"""
                .formatted(repeated, element),
            row -> {
              Group artists = row.addGroup("artists");
              for (String id : List.of("a1", "a2")) {
                Group artist = artists.addGroup(repeated).addGroup(element);
                artist.add("extra", 1);
                artist.add("name", "Name of " + id);
                artist.add("artist_id", Binary.fromString(id));
              }
            });
    assertThat(
        onlySong(file).artists(),
        is(List.of(new ArtistRef("a1", "Name of a1"), new ArtistRef("a2", "Name of a2"))));
  }

  @Test
  void aDateIsADateAndColumnsOfOthersArePassedOver() throws IOException {
    String type =
        "message album { optional int32 released_on (DATE); required binary album_id;"
            + " optional binary notes (STRING); optional int96 odd; }";
    Group row = new SimpleGroup(MessageTypeParser.parseMessageType(type));
    row.add("released_on", (int) LocalDate.of(2026, 11, 20).toEpochDay());
    row.add("album_id", Binary.fromConstantByteArray("al".getBytes(StandardCharsets.UTF_8)));
    row.add("notes", "mine");
    List<Album> albums = new ArrayList<>();
    ParquetFiles.forEach(
        new AlbumCodec(), write(type, Map.of(), List.of(row)).toString(), albums::add);
    assertThat(albums.get(0).releasedOn(), is(LocalDate.of(2026, 11, 20)));
    assertThat(albums.get(0).albumId(), is("al"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optional int64 duration_ms;|duration_ms|long:3000000000",
        "optional double duration_ms;|duration_ms|double:1.5",
        "optional binary duration_ms (STRING);|duration_ms|text:180000",
        "optional int64 fetched_at;|fetched_at|long:7",
        "optional boolean name;|name|flag:true",
        "optional int32 is_explicit;|is_explicit|int:1",
      })
  void whatATableCannotHoldIsOneLineThatNamesFileAndColumn(
      String columns, String column, String value) throws IOException {
    Path file =
        song(
            columns,
            row -> {
              String text = value.substring(value.indexOf(':') + 1);
              switch (value.substring(0, value.indexOf(':'))) {
                case "long" -> row.add(column, Long.parseLong(text));
                case "double" -> row.add(column, Double.parseDouble(text));
                case "int" -> row.add(column, Integer.parseInt(text));
                case "flag" -> row.add(column, Boolean.parseBoolean(text));
                default -> row.add(column, text);
              }
            });
    DamagedFileException failure = assertThrows(DamagedFileException.class, () -> onlySong(file));
    assertThat(
        failure.getMessage(),
        allOf(containsString(file.toString()), containsString("column " + column)));
    assertThat(String.valueOf(failure.getMessage()).lines().count(), is(1L));
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    String type = "message other { required int32 x; }";
    Group row = new SimpleGroup(MessageTypeParser.parseMessageType(type));
    row.add("x", 1);
    Path file = write(type, Map.of(), List.of(row));
    assertThat(
        assertThrows(DamagedFileException.class, () -> onlySong(file)).getMessage(),
        allOf(containsString(file.toString()), containsString("song")));
  }

  /** A bit of each byte of a row of {@code run}: a row, or damaged, and nothing else. */
  @Test
  void aFlippedBitNeverFailsARun() throws IOException {
    LakeLayout layout = new LakeLayout(folder.toString(), "2026-11-20", "20261120T060000Z-0001");
    RunFacts facts = new RunFacts(layout, 1, Rows.NOON, "DirectRunner", "1", false, "{}");
    new RunRecord(layout).writeRow(new Audit(facts).verdict(true, Rows.NOON));
    byte[] whole = Files.readAllBytes(Path.of(layout.runFile()));
    int damaged = 0;
    // All bits are a longer proof; two steps that have no common factor meet each kind of damage.
    int step = Boolean.getBoolean("playlistlake.long") ? 1 : 31;
    for (int bit = 0; bit < whole.length * 8; bit += step) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(Path.of(layout.runFile()), flipped);
      try {
        RunRow row = RunRows.read(layout);
        assertThat(row.runId(), is(layout.runId()));
      } catch (DamagedFileException e) {
        damaged++;
      }
    }
    assertThat(damaged, is(greaterThan(whole.length / step)));
  }
}
