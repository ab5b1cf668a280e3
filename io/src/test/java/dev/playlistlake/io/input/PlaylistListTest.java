package dev.playlistlake.io.input;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.model.ListEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistListTest {
  private static final String A = "4nT7zK0q1uRtVwX2yZaBcA";
  private static final String B = "4nT7zK0q1uRtVwX2yZaBcB";
  private static final String C = "4nT7zK0q1uRtVwX2yZaBcC";

  private final Path folder;

  PlaylistListTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        A + "\n" + B + "\n" + C,
        A + "\r\n" + B + "\r\n" + C + "\r\n",
        A + "\r" + B + "\r" + C,
        "\uFEFF" + A + "\n" + B + "\n" + C + "\n",
        "# mine\n\n" + A + "\n  \n   # others\n" + B + "\n" + C + "\n\n",
        "\"" + A + "\"\n'" + B + "'\n  " + C + "  ",
        A + "\n" + A + "\nspotify:playlist:" + A + "\n" + B + "\n" + C,
        "https://open.spotify.com/playlist/" + A + "?si=1\n" + B + "\nspotify:playlist:" + C,
        "playlist_id\n" + A + "\n" + B + "\n" + C,
        "# a comment\n\nPlaylist_ID\n" + A + "\n# another\n\n" + B + "\n" + C,
        "name,playlist_url,note\n\"Commute, early\",https://open.spotify.com/playlist/"
            + A
            + "?si=9,x\n\"say \"\"hi\"\"\","
            + B
            + ",\n\"two\nlines\","
            + C
            + ",y\n",
        "name;playlist_uri\nmorning, early;spotify:playlist:"
            + A
            + "\r\nb;\"spotify:playlist:"
            + B
            + "\"\r\nc;spotify:playlist:"
            + C
            + "\r\n",
        "name\tplaylist_id\na\t" + A + "\nb\t" + B + "\nc\t" + C,
        "\u200b\n"
            + A
            + "\u00a0\n\u00a0\n\u00a0# mine\n<"
            + B
            + ">\nHTTPS://open.spotify.com/playlist/"
            + C,
        "\uFEFF\uFEFFplaylist_id\n" + A + "\n" + B + "\u200b\n" + C,
        "name,\u00a0playlist_url\u00a0\na,<https://open.spotify.com/playlist/"
            + A
            + ">\nb,https://api.spotify.com/v1/playlists/"
            + B
            + "/items\nc,spotify:playlist:"
            + C
            + "?si=1\nd,\u00a0"
            + C
            + "\u00a0\n",
        "\"playlist_id\" , \"name\"\n" + A + " , a\n" + B + " , b\nshort\n,\n" + C,
      })
  void readsFilesAsPeopleKeepThem(String text) throws Exception {
    List<String> ids = new ArrayList<>();
    for (ListEntry entry : entries(file(text))) {
      if (entry.playlistId() != null) {
        ids.add(entry.playlistId());
      }
    }
    assertThat(ids, is(List.of(A, B, C)));
  }

  @Test
  void readsTheOtherEncodingOfSpreadsheets() throws Exception {
    Path file = folder.resolve("list.csv");
    Files.write(file, ("\uFEFFplaylist_id\r\n" + A + "\r\n").getBytes(UTF_16LE));
    assertThat(entries(file.toString()), is(List.of(new ListEntry(0, A, A))));
  }

  @Test
  void keepsWhatIsNoPlaylistAsItWasWritten() throws Exception {
    String album = "https://open.spotify.com/album/" + A;
    String endless = "x".repeat(5_000);
    assertThat(
        entries(file(album + "\n" + A + "\nshort\nshort\n" + endless)),
        is(
            List.of(
                new ListEntry(0, album, null),
                new ListEntry(1, A, A),
                new ListEntry(2, "short", null),
                new ListEntry(3, "x".repeat(500), null))));
  }

  @Test
  void readsAListFromTheCommandLine() throws Exception {
    assertThat(
        entries(A + ", spotify:playlist:" + B + ",,bad," + A),
        is(
            List.of(
                new ListEntry(0, A, A),
                new ListEntry(1, "spotify:playlist:" + B, B),
                new ListEntry(2, "bad", null))));
    assertThat(entries(A), hasSize(1));
    assertThat(entries("open.spotify.com/intl-de/playlist/" + B), hasSize(1));
    assertThat(entries("<https://open.spotify.com/playlist/" + B + ">."), hasSize(1));
    assertThat(entries("\u00a0spotify:playlist:" + B + "?si=1"), hasSize(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "\uFEFF", "# only a comment\n", "playlist_id,name\n"})
  void anEmptyFileIsNoList(String text) throws Exception {
    assertThat(message(file(text)), containsString("is empty; give a playlist id"));
  }

  @Test
  void aFileWithoutAnythingValidIsNoList() throws Exception {
    String message = message(file("name;id\u001b[31m\nx;y\n"));
    assertThat(message, containsString("has no valid entry, the first is 'name;id [31m'"));
    assertThat(message, not(containsString("\u001b")));
  }

  @Test
  void saysWhatElseIsThere() throws Exception {
    assertThat(
        message(folder.resolve("none.csv").toString()),
        allOf(containsString("there is no file '"), containsString("none.csv")));
    assertThat(message(folder.toString()), containsString("is a folder; give a file"));
    Path binary = folder.resolve("list.bin");
    Files.write(binary, new byte[] {0, 1, 2, 3});
    assertThat(message(binary.toString()), containsString("is no text file"));
    assertThat(message("/dev/zero"), containsString("is larger than any list"));
    assertThat(message("\0"), containsString("cannot be read"));
    assertThat(message("x".repeat(10_000)).length() < 300, is(true));
    assertThat(message("gs://bucket/list.csv"), not(containsString("\n")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"playlist_id,name\n\"" + A + "\"x,1\n", "playlist_id,n\n" + A + ",\"1\n"})
  void aBrokenCsvIsSaidInOneLine(String csv) throws Exception {
    String message = message(file(csv));
    assertThat(message, containsString("is no readable CSV"));
    assertThat(message, not(containsString("\n")));
  }

  @Test
  void wordsStandForWhatOnlySpotifyKnows() throws Exception {
    assertThat(entries("me"), is(List.of(ListEntry.word(0, "me"))));
    assertThat(entries("\u00a0me\u200b"), is(List.of(ListEntry.word(0, "me"))));
    assertThat(
        entries("me, liked,me"), is(List.of(ListEntry.word(0, "me"), ListEntry.word(1, "liked"))));
    assertThat(
        entries(file(A + "\nliked\nno id\n")),
        is(
            List.of(
                new ListEntry(0, A, A),
                ListEntry.word(1, "liked"),
                new ListEntry(2, "no id", null))));
    assertThat(ListEntry.word(0, "me").isWord(), is(true));
    assertThat(new ListEntry(0, "no id", null).isWord(), is(false));
  }

  @Test
  void readsAHundredThousandLines() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      text.append("https://open.spotify.com/playlist/")
          .append(String.format(Locale.ROOT, "%022d", i))
          .append("?si=5a1f0c92d77e4b03\n");
    }
    List<ListEntry> entries = entries(file(text.toString()));
    assertThat(entries, hasSize(100_000));
    assertThat(
        Objects.requireNonNull(entries.get(99_999).playlistId()), is("0000000000000000099999"));
  }

  private static List<ListEntry> entries(String given) throws InputException {
    return PlaylistList.read(given).entries();
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("list.csv"), text).toString();
  }

  private static String message(String given) {
    return String.valueOf(
        assertThrows(InputException.class, () -> PlaylistList.read(given)).getMessage());
  }
}
