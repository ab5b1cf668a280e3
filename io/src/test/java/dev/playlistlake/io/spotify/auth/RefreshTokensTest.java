package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class RefreshTokensTest {
  @Test
  void aTokenThatWasNeverReplacedIsTheNewest() {
    assertThat(RefreshTokens.newest("unknown"), is("unknown"));
  }

  @Test
  void replacementsAreFollowedToTheEnd() {
    RefreshTokens.replaced("chain-1", "chain-2");
    RefreshTokens.replaced("chain-2", "chain-3");
    assertThat(RefreshTokens.newest("chain-1"), is("chain-3"));
    assertThat(RefreshTokens.newest("chain-2"), is("chain-3"));
  }

  /** A service that gives an old one again must not lead round in a circle. */
  @Test
  void aTokenThatComesBackIsTheNewest() {
    RefreshTokens.replaced("circle-1", "circle-2");
    RefreshTokens.replaced("circle-2", "circle-1");
    assertThat(RefreshTokens.newest("circle-1"), is("circle-1"));
    assertThat(RefreshTokens.newest("circle-2"), is("circle-1"));
  }
}
