package dev.playlistlake.io.spotify.auth;

import java.io.IOException;

/** Gives the text of a secret by its name. */
interface SecretStore {
  /**
   * The secret's text.
   *
   * @throws SignInException where it is not there or not for us
   * @throws IOException where the store does not answer: worth another try
   */
  String text(String name) throws SignInException, IOException;
}
