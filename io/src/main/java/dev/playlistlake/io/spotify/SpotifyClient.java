package dev.playlistlake.io.spotify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.model.SubjectType;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ParseException;
import org.jspecify.annotations.Nullable;
import se.michaelthelin.spotify.SpotifyApi;
import se.michaelthelin.spotify.exceptions.SpotifyWebApiException;
import se.michaelthelin.spotify.requests.AbstractRequest;

/**
 * Requests of the Web API and of the accounts service, built by Spotify's Java library, sent over
 * our transport. One request a call: no waiting, no retry.
 */
final class SpotifyClient implements AutoCloseable {
  private static final String TYPES = "track,episode";
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  /** No quotes: it must fit into a file of lines, between quotes or without. */
  private static final Pattern REFRESH_TOKEN = Pattern.compile("[!-~&&[^\"'#]]+");

  private static final Set<String> REFUSALS =
      Set.of(
          "access_denied",
          "invalid_client",
          SignInException.INVALID_GRANT,
          "invalid_request",
          "invalid_scope",
          "unauthorized_client",
          "unsupported_grant_type");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final SpotifyTransport transport;
  private final Clock clock;
  private final UserJson users;
  private final UserJson usersOfLibrary;

  SpotifyClient(SpotifySettings settings, Clock clock) {
    UserIds ids = settings.users().open();
    this.users = new UserJson(ids);
    this.usersOfLibrary = new UserJson(ids.hashingAtLeast());
    this.transport = new SpotifyTransport(settings);
    this.clock = clock;
  }

  /** Asks once; an answer that does not come whole has no status. */
  RawAttempt ask(ApiRequest request, String accessToken) {
    SpotifyTransport.Call call = transport.call();
    AbstractRequest<?> built = build(request, call, accessToken);
    try {
      built.getJson();
    } catch (IOException e) {
      return new RawAttempt("GET " + call.pathAndQuery(), null, now(), Map.of(), null);
    } catch (SpotifyWebApiException | ParseException e) {
      throw new IllegalStateException("our own transport does not throw this", e);
    }
    SpotifyTransport.Exchange exchange = call.exchange();
    return new RawAttempt(
        "GET " + exchange.pathAndQuery(),
        exchange.status(),
        now(),
        exchange.headers().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, header -> without(accessToken, header.getValue()))),
        shown(request, without(accessToken, exchange.body())));
  }

  /** Which playlists are the user's own has to be told apart even if no user is to be told. */
  private String shown(ApiRequest request, String body) {
    if (request instanceof ApiRequest.User) {
      return usersOfLibrary.cleanUser(body);
    }
    return request instanceof ApiRequest.LibraryPage
        ? usersOfLibrary.clean(body)
        : users.clean(body);
  }

  /** What is told is stored, and a proxy or an error may repeat the header that let us in. */
  private static String without(String accessToken, String told) {
    return told.contains(accessToken) ? told.replace(accessToken, UserJson.NOT_SHOWN) : told;
  }

  private static AbstractRequest<?> build(
      ApiRequest request, SpotifyTransport.Call call, String accessToken) {
    SpotifyApi api =
        new SpotifyApi.Builder().setHttpManager(call).setAccessToken(accessToken).build();
    if (request instanceof ApiRequest.FirstAnswer first) {
      return api.getPlaylist(first.playlistId()).additionalTypes(TYPES).build();
    } else if (request instanceof ApiRequest.ItemsPage page) {
      call.at(page.route());
      return api.getPlaylistsItems(page.playlistId())
          .limit(page.limit())
          .offset(page.offset())
          .additionalTypes(TYPES)
          .build();
    } else if (request instanceof ApiRequest.User) {
      return api.getCurrentUsersProfile().build();
    } else if (request instanceof ApiRequest.LibraryPage page) {
      return api.getListOfCurrentUsersPlaylists().limit(page.limit()).offset(page.offset()).build();
    } else if (request instanceof ApiRequest.LikedPage page) {
      return api.getUsersSavedTracks().limit(page.limit()).offset(page.offset()).build();
    } else if (request instanceof ApiRequest.DetailBatch batch) {
      String[] ids = batch.ids().toArray(new String[0]);
      return batch.kind() == SubjectType.ALBUM
          ? api.getSeveralAlbums(ids).build()
          : api.getSeveralArtists(ids).build();
    } else if (request instanceof ApiRequest.SingleDetail single) {
      return single.kind() == SubjectType.ALBUM
          ? api.getAlbum(single.id()).build()
          : api.getArtist(single.id()).build();
    }
    throw new IllegalStateException("unknown request " + request);
  }

  /**
   * An access token.
   *
   * @param value the token
   * @param lifetime how long Spotify takes it
   * @param refreshToken the refresh token to use from now on; null for an app without a user
   */
  record Token(String value, Duration lifetime, @Nullable String refreshToken) {
    @Override
    public String toString() {
      return "Token(not shown, for " + lifetime + ")";
    }
  }

  /**
   * Asks the accounts service for an access token.
   *
   * @throws SignInException where it refuses
   * @throws IOException where it does not answer, or not sensibly: worth another try
   */
  Token signIn(Credentials credentials, @Nullable String refreshToken)
      throws SignInException, IOException {
    SpotifyTransport.Call call = transport.call();
    SpotifyApi api =
        new SpotifyApi.Builder()
            .setHttpManager(call)
            .setClientId(credentials.clientId())
            .setClientSecret(credentials.clientSecret())
            .setRefreshToken(refreshToken)
            .build();
    if (refreshToken == null) {
      post(api.clientCredentials().build());
    } else if (credentials.byPkce()) {
      post(api.authorizationCodePKCERefresh().build());
    } else {
      post(api.authorizationCodeRefresh().build());
    }
    return token(
        call.exchange(), answer -> refreshToken == null ? null : newer(refreshToken, answer));
  }

  /**
   * Where a user is asked to let an app in.
   *
   * @param redirectUri where the answer goes
   * @param scopes what the app wants to be allowed
   * @param state comes back with the answer
   */
  URI consentPage(String clientId, URI redirectUri, List<String> scopes, String state, Pkce pkce) {
    URI atSpotify =
        new SpotifyApi.Builder()
            .setClientId(clientId)
            .setRedirectUri(redirectUri)
            .build()
            .authorizationCodePKCEUri(pkce.challenge())
            .scope(String.join(" ", scopes))
            .state(state)
            .build()
            .execute();
    return transport.target(atSpotify);
  }

  /**
   * Turns in the code that a user's consent gave, once.
   *
   * @throws SignInException where it is refused
   * @throws IOException where the accounts service does not answer, or not sensibly; the code may
   *     be used up
   */
  Token exchange(String clientId, String code, URI redirectUri, Pkce pkce)
      throws SignInException, IOException {
    SpotifyTransport.Call call = transport.call();
    SpotifyApi api =
        new SpotifyApi.Builder()
            .setHttpManager(call)
            .setClientId(clientId)
            .setRedirectUri(redirectUri)
            .build();
    post(api.authorizationCodePKCE(code, pkce.verifier()).build());
    Token token = token(call.exchange(), SpotifyClient::refreshToken);
    if (token.refreshToken() == null) {
      throw new IOException("the accounts service answered without a refresh token");
    }
    return token;
  }

  private static void post(AbstractRequest<?> request) throws IOException {
    try {
      request.postJson();
    } catch (SpotifyWebApiException | ParseException e) {
      throw new IllegalStateException("our own transport does not throw this", e);
    }
  }

  private Token token(
      SpotifyTransport.Exchange exchange, Function<JsonNode, @Nullable String> refreshToken)
      throws SignInException, IOException {
    JsonNode answer = json(exchange.body());
    if (exchange.status() == 200) {
      String value = JsonFields.text(answer, "access_token");
      if (answer == null || value == null || !TOKEN.matcher(value).matches()) {
        throw new IOException("the accounts service answered without a token");
      }
      Integer seconds = JsonFields.number(answer, "expires_in");
      return new Token(
          value,
          Duration.ofSeconds(seconds == null || seconds <= 0 ? 3600 : seconds),
          refreshToken.apply(answer));
    }
    String error = JsonFields.text(answer, "error");
    if (exchange.status() >= 400 && exchange.status() < 500 && exchange.status() != 429) {
      // Its own words are not repeated: they may hold what was sent.
      String code =
          error != null && REFUSALS.contains(error) ? error : SignInException.UNAUTHORIZED;
      throw new SignInException(code, "Spotify's accounts service answered " + code);
    }
    throw new IOException("the accounts service answered with status " + exchange.status());
  }

  /** The refresh token that was given in the place of ours; ours where none was that can be one. */
  private static String newer(String refreshToken, JsonNode answer) {
    return Objects.requireNonNullElse(refreshToken(answer), refreshToken);
  }

  private static @Nullable String refreshToken(JsonNode answer) {
    String given = JsonFields.text(answer, "refresh_token");
    return given != null && REFRESH_TOKEN.matcher(given).matches() ? given : null;
  }

  private static @Nullable JsonNode json(String body) {
    try {
      return MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The current thread has handled its last response. */
  void handled() {
    transport.handled();
  }

  @Override
  public void close() throws IOException {
    transport.close();
  }
}
