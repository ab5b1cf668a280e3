package dev.playlistlake.io.spotify.auth;

import java.io.IOException;

/** Returns the text of a secret by its name. */
interface SecretStore {
  /**
   * The secret's text.
   *
   * @throws SignInException if it does not exist or access is denied
   * @throws IOException if the store does not respond; a retry may help
   */
  String text(String name) throws SignInException, IOException;
}
