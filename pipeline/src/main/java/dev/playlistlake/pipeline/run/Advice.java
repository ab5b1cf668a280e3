package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.spotify.api.KnownRefusal;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.auth.SignInNotices;
import dev.playlistlake.model.run.NetworkProblem;
import dev.playlistlake.pipeline.job.LakeJob;
import java.util.Optional;

/** What to do about a run that Spotify refused, or that could not reach it. */
public final class Advice {
  private Advice() {}

  /**
   * Advice for a refused sign-in.
   *
   * @param code Spotify's error code, or the one for missing credentials
   * @param refusal the same in more detail, if known
   */
  public static String notAuthorised(String code, LakeJob job, Optional<String> refusal) {
    CredentialsRef credentials = job.spotify().credentials();
    String where = credentials.where();
    Optional<KnownRefusal> known = KnownRefusal.ofCode(code);
    if (known.isPresent()) {
      return "Spotify refused every request (403): "
          + known.get().advice()
          + ". Then run the same command again.";
    }
    return switch (code) {
      case "missing_credentials" ->
          job.listsLibrary()
              ? needsLogin("no credentials are in " + where + because(refusal))
              : "there are no credentials in "
                  + where
                  + because(refusal)
                  + ". Set SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET there, or sign in as a user with"
                  + " login; README says how.";
      case "missing_user" -> needsLogin("in " + where + " there is no SPOTIFY_REFRESH_TOKEN");
      case "invalid_client" ->
          "Spotify does not take this client id, or the secret beside it (invalid_client). Compare "
              + where
              + " with the app's page on developer.spotify.com. A refresh token from login needs no"
              + " secret, and where one stands there the line SPOTIFY_AUTHORIZED_ON too; beside a"
              + " token that was got with the secret that line must not stand.";
      case "invalid_grant" ->
          "the refresh token is no longer valid ("
              + refusal.orElse("invalid_grant")
              + (refusal.orElse("").startsWith(SignInNotices.SPOTIFY_SAYS)
                  ? "). "
                  : "). It ends six months after the user agreed, when the user withdraws, or when"
                      + " Spotify gave an earlier run another one. ")
              + credentials.howToAuthorise()
              + "; the old one was not deleted.";
      default ->
          "Spotify refused the sign-in ("
              + code
              + "). Look at the app's page on developer.spotify.com: the owner needs Premium, the"
              + " user must be on its list.";
    };
  }

  private static String because(Optional<String> refusal) {
    return refusal.map(why -> " (" + why + ")").orElse("");
  }

  private static String needsLogin(String missing) {
    return "--playlists=me and liked need somebody who has signed in, and "
        + missing
        + ": run login (with --liked if Liked Songs are read).";
  }

  /**
   * Why Spotify was out of reach, and what to do.
   *
   * @param code of the {@link NetworkProblem}
   * @param cause the same with host and detail, if known
   */
  public static String unreachable(String code, Optional<String> cause) {
    NetworkProblem problem = NetworkProblem.ofCode(code).orElse(NetworkProblem.CONNECTION_LOST);
    String advice =
        switch (problem) {
          case CERTIFICATE, TLS ->
              "Something on the way reads the traffic, most likely: add its certificate to Java's"
                  + " trust store, docs/operations.md says how";
          case PROXY -> "Check the proxy, and user and password in HTTPS_PROXY";
          case REDIRECT, HTML, NO_TOKEN ->
              "Check --apiUrl and --accountsUrl, and open any page in a browser: a network may want a"
                  + " sign-in of its own first";
          case UNKNOWN_HOST, CONNECTION_REFUSED, CONNECT_TIMEOUT, TIMEOUT, CONNECTION_LOST ->
              "Check the network, the proxy, and --apiUrl and --accountsUrl";
        };
    return "no complete response: %s. %s. Then run the same command again."
        .formatted(cause.orElse(problem.words() + " Spotify"), advice);
  }
}
