package dev.playlistlake.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistIdTest {
  private static final String ID = "4nT7zK0q1uRtVwX2yZaBcD";

  @ParameterizedTest
  @ValueSource(
      strings = {
        ID,
        "  " + ID + "\t",
        "spotify:playlist:" + ID,
        "spotify:user:mara.lindqvist:playlist:" + ID,
        "https://open.spotify.com/playlist/" + ID,
        "http://open.spotify.com/playlist/" + ID,
        "open.spotify.com/playlist/" + ID,
        "https://open.spotify.com/playlist/" + ID + "/",
        "https://open.spotify.com/playlist/" + ID + "?si=5a1f0c92d77e4b03",
        "https://open.spotify.com/playlist/" + ID + "?si=5a1f&pt=9#top",
        "https://open.spotify.com/intl-de/playlist/" + ID,
        "https://open.spotify.com/intl-pt-BR/playlist/" + ID + "?si=1",
        "https://open.spotify.com/embed/playlist/" + ID,
        "https://open.spotify.com/user/mara/playlist/" + ID,
        "https://play.spotify.com/user/mara/playlist/" + ID,
        "https://play.spotify.com/playlist/" + ID + "/",
        "https://open.spotify.com/intl-es-419/playlist/" + ID,
        // Invisible
        "\u00a0" + ID + "\u202f\u2007",
        "\ufeff" + ID,
        "\u200b\u00a0https://open.spotify.com/playlist/" + ID + "\u200b",
        "https://open.spotify.com/\u200bplaylist/4nT7zK0q1uR\u200dtVwX2yZaBcD",
        "\u2068spotify:playlist:" + ID + "\u2069",
        "4nT7zK0q1uR\u00adtVwX2yZaBcD\u2060",
        // Around it
        "<https://open.spotify.com/playlist/" + ID + ">",
        "< https://open.spotify.com/playlist/" + ID + "?si=1 >",
        "<spotify:playlist:" + ID + ">,",
        "(" + ID + ")",
        "“https://open.spotify.com/playlist/" + ID + "”",
        "`" + ID + "`",
        "https://open.spotify.com/playlist/" + ID + ".",
        "https://open.spotify.com/playlist/" + ID + "?",
        "spotify:playlist:" + ID + "; ",
        // Case
        "HTTPS://OPEN.SPOTIFY.COM/playlist/" + ID,
        "Https://Open.Spotify.Com/Playlist/" + ID + "?SI=1",
        "OPEN.spotify.com/playlist/" + ID,
        "Spotify:Playlist:" + ID,
        // The API's
        "https://api.spotify.com/v1/playlists/" + ID,
        "https://api.spotify.com/v1/playlists/" + ID + "/tracks",
        "https://api.spotify.com/v1/playlists/" + ID + "/items?offset=0&limit=50",
        "HTTPS://API.SPOTIFY.COM/v1/playlists/" + ID + "/",
        "https://api.spotify.com/v1/users/mara/playlists/" + ID + "/tracks/",
        // Behind it
        "spotify:playlist:" + ID + "?si=5a1f0c92d77e4b03",
        "spotify:user:mara:playlist:" + ID + "?si=5a1f&context=x",
        ID + "?si=5a1f0c92d77e4b03",
        "https://open.spotify.com/playlist/" + ID + "//?si=1",
      })
  void readsWhatPeoplePaste(String entry) {
    assertThat(PlaylistId.parse(entry), is(Optional.of(new PlaylistId(ID))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "4nT7zK0q1uRtVwX2yZaBc",
        ID + "E",
        "4nT7zK0q1uRtVwX2yZaBc_",
        "4nT7zK0q1uRtVwX2yZaBcé",
        "spotify:album:" + ID,
        "spotify:track:" + ID,
        "spotify:playlist:short",
        "SPOTIFY:PLAYLIST",
        "https://open.spotify.com/album/" + ID,
        "https://open.spotify.com/intl-de/track/" + ID,
        "https://example.org/playlist/" + ID,
        "https://open.spotify.com.evil.org/playlist/" + ID,
        "https://spotify.link/abcdef",
        ID + " " + ID,
        ID + "\u00a0" + ID,
        ID + "/" + ID,
        "4nT7zK0q1uRtVwX2yZaBc\u0430",
        "<>",
        ".",
        "<https://open.spotify.com/album/" + ID + ">",
        "spotify:album:" + ID + "?si=1",
        "spotify:playlist:" + ID + ":" + ID,
        "SPOTIFY:ALBUM:" + ID,
        "HTTPS://OPEN.SPOTIFY.COM/ALBUM/" + ID,
        "https://api.spotify.com/v1/albums/" + ID,
        "https://api.spotify.com/v1/albums/" + ID + "/tracks",
        "https://api.spotify.com/v1/playlists/" + ID + "/images",
        "https://api.spotify.com/v2/playlists/" + ID,
        "https://api.spotify.com.evil.org/v1/playlists/" + ID,
        "https://api.spotify.com@evil.org/v1/playlists/" + ID,
        "https://evil.org/https://open.spotify.com/playlist/" + ID,
        "https://evil.org/?u=open.spotify.com/playlist/" + ID,
        "https://open.spotify.com/playlist/" + ID + "/" + ID,
        "https://open-spotify.com/playlist/" + ID,
        "ftp://open.spotify.com/playlist/" + ID,
        "me",
        "<me>",
      })
  void everythingElseIsNone(String entry) {
    assertThat(PlaylistId.parse(entry), is(Optional.empty()));
  }

  @Test
  void isOfOneForm() {
    assertThrows(IllegalArgumentException.class, () -> new PlaylistId("short"));
  }
}
