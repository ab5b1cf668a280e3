package dev.playlistlake.io.spotify.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.JsonFields;
import dev.playlistlake.io.spotify.auth.AccessToken;
import dev.playlistlake.io.spotify.auth.AccountsClient;
import dev.playlistlake.io.spotify.auth.LoginGrant;
import dev.playlistlake.io.spotify.auth.Scopes;
import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.model.ForeignText;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One sign-in of a user: the authorization code flow with PKCE, which needs a browser somewhere but
 * no client secret (decision 21). It ends with the first callback that carries its state, or on
 * timeout.
 */
public final class Login implements AutoCloseable {
  private static final Pattern CLIENT_ID = Pattern.compile("[0-9A-Za-z._-]{1,100}");
  private static final int STATE_BYTES = 24;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final LoginSettings settings;
  private final SpotifyTransport transport;
  private final AccountsClient accounts;
  private final CallbackServer server;
  private final Pkce pkce;
  private final URI address;

  /** Stores a grant. */
  public interface Keeper {
    /**
     * Stores the grant.
     *
     * @throws IOException if it cannot be stored; then nothing has changed
     */
    void keep(LoginGrant grant) throws IOException;
  }

  private Login(
      LoginSettings settings,
      SpotifyTransport transport,
      AccountsClient accounts,
      CallbackServer server,
      Pkce pkce,
      URI address) {
    this.settings = settings;
    this.transport = transport;
    this.accounts = accounts;
    this.server = server;
    this.pkce = pkce;
    this.address = address;
  }

  /** Whether the text has the form of an app's client id. */
  public static boolean isClientId(String text) {
    return CLIENT_ID.matcher(text).matches();
  }

  /**
   * Starts listening for the callback.
   *
   * @param news receives a sentence per event meanwhile
   * @throws IOException if the port is not available
   */
  public static Login begin(LoginSettings settings, Consumer<String> news) throws IOException {
    String state = Pkce.randomText(STATE_BYTES);
    CallbackServer server = CallbackServer.start(settings.port(), state, news);
    Pkce pkce = Pkce.random();
    SpotifyTransport transport = new SpotifyTransport(settings.http());
    AccountsClient accounts = new AccountsClient(transport);
    URI address =
        accounts.consentPage(
            settings.clientId(),
            server.redirectUri(),
            List.copyOf(Scopes.needed(true, settings.liked())),
            state,
            pkce.challenge());
    return new Login(settings, transport, accounts, server, pkce, address);
  }

  /**
   * The consent page for the user to open, {@code GET /authorize} of the accounts service; good for
   * this sign-in only. Anyone who knows it could sign in with their own account instead.
   */
  public URI address() {
    return address;
  }

  /** Where the browser delivers the callback. */
  public URI redirectUri() {
    return server.redirectUri();
  }

  /**
   * Waits for the user, and stores the grant.
   *
   * @return who has signed in, as a sentence for the user
   * @throws LoginException if nothing was granted; then nothing is stored
   * @throws IOException if the grant could not be stored
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  public String await(Keeper keeper) throws LoginException, IOException, InterruptedException {
    CallbackServer.Callback callback = server.await(settings.timeout()).orElseThrow(this::timedOut);
    try {
      String sentence = signIn(callback, keeper);
      server.show(CallbackPage.signedIn(sentence));
      return sentence;
    } catch (LoginException e) {
      server.show(CallbackPage.notSignedIn(e.words()));
      throw e;
    } catch (IOException e) {
      server.show(
          CallbackPage.notSignedIn(
              "Spotify has let the program in, but it could not store the token. It says why in the"
                  + " window where it was started."));
      throw e;
    }
  }

  private LoginException timedOut() {
    server.giveUp();
    return new LoginException(
        "No answer came within "
            + settings.timeout().toSeconds()
            + " seconds. Nothing is stored. If the browser said INVALID_CLIENT or invalid redirect"
            + " URI, compare the client id, and enter http://127.0.0.1/callback as redirect URI of"
            + " the app, or give --port= the port that it is registered with; if it could not open"
            + " 127.0.0.1, it runs on another machine. Then run login again.");
  }

  /**
   * Keeps the server up for {@link LoginSettings#afterwards}: browsers request a page twice, and
   * users reload it.
   *
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  public void tellLatecomers() throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(settings.afterwards().toNanos());
  }

  private String signIn(CallbackServer.Callback callback, Keeper keeper)
      throws LoginException, IOException {
    String code = callback.code();
    if (code == null) {
      throw refused(callback.error());
    }
    AccessToken token = exchange(code);
    String refreshToken = Objects.requireNonNull(token.refreshToken());
    keeper.keep(
        new LoginGrant(
            settings.clientId(),
            refreshToken,
            LocalDate.ofInstant(settings.clock().instant(), ZoneOffset.UTC)));
    // Not redacted: the response names the user to the user, and is not stored.
    WebApiClient api = new WebApiClient(transport, (request, body) -> body, settings.clock());
    return describeUser(api.send(new ApiRequest.User(), token.value()));
  }

  /** Does not echo the error: anyone who knows the state could have written it. */
  private static LoginException refused(@Nullable String error) {
    return new LoginException(
        "access_denied".equals(error)
            ? "The user did not agree (access_denied). Nothing is stored, and what was stored"
                + " before is as it was. Run login again to agree."
            : "Spotify refused to ask the user. Nothing is stored. Look at the app's page on"
                + " developer.spotify.com, and run login again.");
  }

  private AccessToken exchange(String code) throws LoginException {
    try {
      return accounts.exchange(settings.clientId(), code, server.redirectUri(), pkce.verifier());
    } catch (SignInException e) {
      throw new LoginException(
          "The user agreed, but "
              + e.getMessage()
              + ". Nothing is stored. Run login again; if it stays so, compare the client id with"
              + " the app's page on developer.spotify.com.");
    } catch (IOException e) {
      // Not retried: the code may be used up, and the user is there to consent again.
      throw new LoginException(
          "The user agreed, but did not get a token: "
              + e.getMessage()
              + ". Nothing is stored. Run login again.");
    }
  }

  /** Describes the user that {@code GET /v1/me} returns; the token is good even if it fails. */
  private static String describeUser(RawAttempt response) {
    Integer status = response.status();
    if (status == null || status != 200) {
      return status != null && status == 403
          ? "The token is stored, but Spotify lets this user read nothing (403): in development"
              + " mode the user must be on the app's list (developer.spotify.com, User"
              + " Management), and the app's owner needs Premium. Once that is so, the token"
              + " works; there is no need to run login again."
          : "Signed in. Who it is Spotify did not tell ("
              + (status == null ? "no answer" : "status " + status)
              + ").";
    }
    JsonNode user = json(response.body());
    String id = printable(JsonFields.text(user, "id"));
    String name = printable(JsonFields.text(user, "display_name"));
    if (id.isEmpty()) {
      return "Signed in. Who it is Spotify did not tell.";
    }
    return "Signed in as " + (name.isEmpty() ? id : name + " (" + id + ")") + ".";
  }

  private static String printable(@Nullable String text) {
    return text == null ? "" : ForeignText.oneLine(text);
  }

  private static @Nullable JsonNode json(@Nullable String body) {
    try {
      return MAPPER.readTree(Objects.requireNonNullElse(body, ""));
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    transport.close();
  }
}
