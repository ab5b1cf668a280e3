package dev.playlistlake.io.input;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.model.ListEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that people have, and what becomes of each of their rows. */
class ListShapesTest {
  private static final String A = "4nT7zK0q1uRtVwX2yZaBcA";
  private static final String B = "4nT7zK0q1uRtVwX2yZaBcB";
  private static final String C = "4nT7zK0q1uRtVwX2yZaBcC";
  private static final String URL = "https://open.spotify.com/playlist/";

  private final Path folder;

  ListShapesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Whole: each of these is three playlists and nothing else. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        // Headers in any dress.
        "Name,Playlist URL\nx," + URL + A + "\ny," + URL + B + "\nz," + URL + C,
        "Playlist-Id;Name\n" + A + ";x\n" + B + ";y\n" + C + ";z",
        "name,link\nx," + URL + A + "\ny," + URL + B + "\nz," + URL + C,
        "Title\tURI\nx\tspotify:playlist:" + A + "\ny\t" + B + "\nz\t" + C,
        "ID\n" + A + "\n" + B + "\n" + C,
        "\"Spotify Playlist  URL\",n\n" + A + ",1\n" + B + ",2\n" + C + ",3",
        "id,name,url\n1,x," + URL + A + "\n2,y," + URL + B + "\n3,z," + URL + C,
        "image url,url,Playlist_ID\nhttps://i.scdn.co/1,https://x/1,"
            + A
            + "\n,https://x/2,"
            + B
            + "\n,,"
            + C,
        // A '#' begins names too.
        "name,playlist_url\n#throwback," + URL + A + "\nChill," + URL + B + "\n#1 Hits," + URL + C,
        "#,Name,URL\n1,x," + URL + A + "\n2,y," + URL + B + "\n3,z," + URL + C,
        "name;id\n# a comment\n#x;" + A + "\n#y, or z;" + B + "\nz;" + C,
        "#x," + A + "\ny," + B + "\n# none, of them\n#z," + C,
        // Known columns that are filled in turns.
        "playlist_id,playlist_url,name\n," + URL + A + ",X\n" + B + ",,Y\n," + URL + C + ",Z",
        "name,uri,url\nx,spotify:playlist:" + A + "\ny,," + URL + B + "\nz,\u00a0," + C,
        // Without a known header.
        "Titel;Adresse\nx;" + URL + A + "\ny;" + URL + B + "\nz;" + URL + C,
        A + "\tx\n" + B + "\ty\n" + C + "\tz",
        "x | " + A + "\ny, or z | " + B + "\nz | " + C,
        "x," + URL + A + "\n\"y, z\"," + URL + B + "\nz," + URL + C + "\n",
        "x,spotify:playlist:" + A + "," + URL + A + "\ny,," + B + "\nz," + C + "," + C,
        A + "," + B + "," + C,
        A + ",\n" + B + ",\n" + C + ",\n",
        A + ";\r\n" + B + ";\r\n" + C + ";\r\n",
        // Notes, YAML, Markdown.
        "playlists:\n  - " + A + "\n  - \"spotify:playlist:" + B + "\" # y\n  - '" + C + "'\n",
        "---\n- " + A + "\n# y\n- " + URL + B + "\n- " + C,
        "playlists:\n  - name: x\n    id: "
            + A
            + "\n  - url: "
            + URL
            + B
            + "\n    name: y\n  - uri: spotify:playlist:"
            + C
            + "\n    url: "
            + URL
            + C
            + "\n",
        "# Mine\n\n- [x](" + URL + A + ")\n* [y [live]](" + URL + B + " \"y\") - good\n1. " + C,
        "[x](" + URL + A + ")\n[y](<" + URL + B + ">)\n[z](" + URL + C + "?si=1)",
        "| Name | Link |\n|------|:----:|\n| x | [x]("
            + URL
            + A
            + ") |\n| y | "
            + B
            + " |\n| z | "
            + C
            + " |",
        URL + A + "  # x\nChill: " + URL + B + "\nz - " + URL + C,
        // JSON.
        "[\"" + A + "\", \"spotify:playlist:" + B + "\",\n\"" + URL + C + "\"]",
        "[{\"name\":\"x\",\"id\":\""
            + A
            + "\"},{\"url\":\""
            + URL
            + B
            + "\"},{\"Playlist URI\":\""
            + C
            + "\"}]",
        "{\"href\":\"https://api.spotify.com/v1/me/playlists\",\"items\":[{\"id\":\""
            + A
            + "\",\"uri\":\"x\"},{\"uri\":\"https://i.scdn.co/1\",\"url\":\""
            + B
            + "\"},{\"id\":7,\"href\":\"https://api.spotify.com/v1/playlists/"
            + C
            + "\"}]}",
        " {\"playlists\": [\"" + A + "\",\"" + B + "\"]}\n[\"" + C + "\"]",
        "{\"id\":\"" + A + "\"}\n{\"id\":\"" + B + "\"}\n{\"id\":\"" + C + "\"}\n",
        // Spreadsheets.
        "sep=;\r\nname;id\r\nx;" + A + "\r\ny;" + B + "\r\nz;" + C + "\r\n",
        "\uFEFF\"SEP=\t\"\nname\tid\nx\t" + A + "\ny\t" + B + "\nz\t" + C,
        "sep=;\nx, y;" + A + "\ny, z;" + B + "\nz;" + C,
        "My playlists,,\n,,\nname,id,note\nx," + A + ",1\n,,\ny," + B + ",\nz," + C + ",3",
        "name,id\nthe \"best\" of," + A + "\n\"the \"\"rest\"\"\"," + B + "\nz," + C,
        "name,id\nx," + A + "\n\uFEFFname,id\ny," + B + "\n\uFEFF\"z, z\"," + C,
        "playlist_id\n" + A + "\n\uFEFFplaylist_id\n" + B + "\n" + C,
      })
  void threePlaylists(String text) throws Exception {
    List<ListEntry> entries = PlaylistList.read(file(text)).entries();
    assertThat(
        entries.stream().map(entry -> entry.playlistId() + " " + entry.reason()).toList(),
        contains(A + " null", B + " null", C + " null"));
  }

  /** Nothing vanishes: what is not a playlist is rejected, with its line where it has no text. */
  @Test
  void everyRowIsAPlaylistOrARejection() throws Exception {
    assertThat(
        shown(
            "name,note,playlist_url\nX," + URL + A + "\nY,," + URL + B + "\n\"two\nlines\"\n,,\nZ"),
        contains("line 2: X, " + URL + A, B, "line 4: two lines", "line 7: Z"));
    assertThat(
        shown(
            "# list\n\nplaylist_id,playlist_url,name\n,,X\n"
                + A
                + ",,Y\nbad,"
                + B
                + ",Z\n,, \n,,W"),
        contains("line 4: X", A, "bad", "line 8: W"));
    assertThat(shown("Chill;\nx;" + A + "\ny;none\n"), contains("line 1: Chill", A, "none"));
    assertThat(
        shown("- [x](" + URL + A + "), [y](" + URL + B + ")\n- [z](" + C + ")\n"),
        contains(A, B, C));
    assertThat(shown(URL + A + "?si=1 " + URL + B + "?si=2\n" + C), contains(A, B, C));
    assertThat(
        shown("name,url\nx," + URL + A + "?si=1 " + URL + B + "\ny," + C),
        contains(URL + A + "?si=1 " + URL + B, C));
    assertThat(shown("x;none\ny;" + A + "\n"), contains(A));
    assertThat(
        shown("x;https://open.spotify.com/album/1\ny;" + A + "\n"),
        contains("https://open.spotify.com/album/1", A));
    assertThat(shown("bad,\n" + A + ",\n" + B + ",\n"), contains("bad,", A, B));
    assertThat(
        shown("x | " + A + "\nnothing here\n" + B + " or " + C + "?\n" + B),
        contains(A, "nothing here", B + " or " + C + "?", B));
    assertThat(
        shown("[\"" + A + "\", null, {\"name\":\"x\"}, 7, \"bad\", \"\"]"),
        contains(
            A, "entry 2: null", "entry 3: {\"name\":\"x\"}", "entry 4: 7", "bad", "entry 6: \"\""));
    assertThat(shown("- " + A + "\n- name: x\n  owner: y\n"), contains(A, "name: x owner: y"));
  }

  /** Only what nothing but a comment can be. */
  @Test
  void commentsAreComments() throws Exception {
    assertThat(shown("# " + URL + A + "\n#" + A + "\n" + B + "\n"), contains(B));
    assertThat(shown("name,id\n# " + A + ",none\n#x," + A + "\nz," + B + "\n"), contains(A, B));
    assertThat(shown("playlist_id\n# " + A + "\n" + B + "\n"), contains(B));
    assertThat(shown("# link, url\nx," + A + "\ny," + B + "\n"), contains(A, B));
  }

  @Test
  void theColumnThatIsReadIsNamedUnlessItsNameTells() throws Exception {
    assertThat(
        notes("Titel;Adresse\nx;" + URL + A + "\n"),
        contains(allOf(containsString("column 2"), containsString("'Adresse' in line 1"))));
    assertThat(notes("x\t" + A + "\ny\t" + B + "\n"), contains(containsString("column 2.")));
    assertThat(
        notes("id,name,Wo\n1,x," + A + "\n2,y," + B + "\n"),
        contains(allOf(containsString("column 3"), containsString("'Wo'"))));
    assertThat(
        notes("Meine Listen;\n\nname;id\nx;" + A + "\n"),
        contains(allOf(containsString("line 3"), containsString("Meine Listen"))));
    for (String clear :
        List.of(A + ",\n" + B + ",\n", "name,link\nx," + A + "\n", A + "\n" + B, A + "," + B)) {
      assertThat(clear, notes(clear), is(empty()));
    }
  }

  /** Which of two columns is meant must not depend on luck. */
  @Test
  void twoColumnsOfDifferentPlaylistsAreRefused() throws Exception {
    assertThat(
        refusal("x," + A + "," + B + "\ny," + B + "," + C + "\n"),
        allOf(
            containsString("columns 2 and 3"),
            containsString("line 1"),
            containsString("playlist_url")));
    assertThat(refusal("a,b\n" + A + "," + B + "\n"), containsString("columns 1 and 2"));
    // A word of 22 letters in one row is no column.
    assertThat(
        shown("Rechtsschutzbestimmung," + A + "\ny," + B + "\nz," + C + "\n"), contains(A, B, C));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Track URI\",\"Track Name\",\"Album Name\"\n\"spotify:track:" + A + "\",\"x\",\"y\"\n",
        "Spotify ID,Artist IDs,Track Name,Album Name\n" + A + "," + B + ",x,y\n",
        "Track name;Artist name;Playlist name\nx;y;z\n",
      })
  void aFileOfOnePlaylistsSongsIsNamed(String text) throws Exception {
    assertThat(
        refusal(text), allOf(containsString("songs of one playlist"), containsString("Exportify")));
  }

  @Test
  void songsWithTheirPlaylistsAreTheirPlaylists() throws Exception {
    assertThat(
        shown("playlist_id,Track Name\n" + A + ",x\n" + A + ",y\n" + B + ",z\n"), contains(A, B));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"playlists\":[{\"name\":\"x\",\"lastModifiedDate\":\"2026-01-01\",\"items\":[]}]}",
        "{\n  \"playlists\" : [ {\"name\":\"x\",\"collaborators\":[],\"items\":[{\"track\":{\"trackUri\":\"spotify:track:"
            + A
            + "\"}}]} ] }",
      })
  void accountDataIsNamed(String text) throws Exception {
    assertThat(
        refusal(text), allOf(containsString("account data"), containsString("--playlists=me")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name,id\nx," + A + "\n\"Heroes\" live," + B + "\n",
        "name,id\nx," + A + "\n\"Heroes," + B + "\nz," + C + "\n",
        "name|id\n\n\"x|" + A + "\ny\"z|" + B + "\n",
      })
  void quotesThatAreNotBalancedAreRefusedWithTheLine(String text) throws Exception {
    assertThat(refusal(text), allOf(containsString("line 3"), containsString("(\"\")")));
  }

  @Test
  void brokenJsonIsRefusedWithTheLine() throws Exception {
    assertThat(refusal("[\n\"" + A + "\",\n]"), containsString("line 3"));
    assertThat(refusal("{\"id\":\n\"" + A), containsString("line 2"));
  }

  @Test
  void aListOfHalfOrMoreOtherThingsSaysSo() throws Exception {
    assertThat(
        notes(A + "\nx\n"), contains(allOf(containsString("1 of 2"), containsString("'x'"))));
    assertThat(notes(A + "\nx\ny\n"), contains(containsString("1 of 3")));
    assertThat(notes(A + "\n" + B + "\nx\n"), is(empty()));
    assertThat(PlaylistList.read(A + ",x").notes(), contains(containsString("1 of 2")));
    assertThat(PlaylistList.read("me,x").notes(), contains(containsString("1 of 2")));
  }

  @Test
  void shortLinksGetAHint() throws Exception {
    String link = "https://spotify.link/x1Y2z3";
    assertThat(refusal(link + "\n"), containsString("browser"));
    assertThat(
        String.valueOf(
            assertThrows(InputException.class, () -> PlaylistList.read(link)).getMessage()),
        containsString("browser"));
    assertThat(
        notes(A + "\n" + B + "\nhttps://spotify.app.link/x\n"),
        contains(containsString("browser")));
    assertThat(notes(A + "\n" + B + "\nx\n"), not(contains(containsString("browser"))));
  }

  /** Ids, or what stands for an entry without one. */
  private List<String> shown(String text) throws Exception {
    List<String> shown = new ArrayList<>();
    for (ListEntry entry : PlaylistList.read(file(text)).entries()) {
      String id = entry.playlistId();
      shown.add(id == null ? entry.given() : id);
    }
    return shown;
  }

  private List<String> notes(String text) throws Exception {
    return PlaylistList.read(file(text)).notes();
  }

  private String refusal(String text) throws IOException {
    String file = file(text);
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> PlaylistList.read(file)).getMessage());
    assertThat(message, not(containsString("\n")));
    return message;
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("list.txt"), text).toString();
  }
}
