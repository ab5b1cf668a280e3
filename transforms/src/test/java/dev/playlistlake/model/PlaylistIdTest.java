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
        "me",
      })
  void everythingElseIsNone(String entry) {
    assertThat(PlaylistId.parse(entry), is(Optional.empty()));
  }

  @Test
  void isOfOneForm() {
    assertThrows(IllegalArgumentException.class, () -> new PlaylistId("short"));
  }
}
