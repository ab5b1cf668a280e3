package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.SubjectType;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.ParseException;
import se.michaelthelin.spotify.SpotifyApi;
import se.michaelthelin.spotify.exceptions.SpotifyWebApiException;
import se.michaelthelin.spotify.requests.AbstractRequest;

/**
 * Sends Web API requests, built by spotify-web-api-java, over our transport. One request per call:
 * no waiting, no retries.
 */
public final class WebApiClient {
  private static final String TYPES = "track,episode";

  private final SpotifyTransport transport;
  private final Redaction redaction;
  private final Clock clock;

  /** Removes what must not be stored from a response. */
  public interface Redaction {
    /** Returns the body in the form to store. */
    String redact(ApiRequest request, String body);
  }

  /**
   * Creates a client that leaves closing the transport to its owner.
   *
   * @param clock timestamps the responses
   */
  public WebApiClient(SpotifyTransport transport, Redaction redaction, Clock clock) {
    this.transport = transport;
    this.redaction = redaction;
    this.clock = clock;
  }

  /**
   * Sends a request once.
   *
   * @return the redacted response, timestamped in microseconds; without a status if it did not
   *     arrive in full
   */
  public RawAttempt send(ApiRequest request, String accessToken) {
    return send(request, accessToken, failure -> {});
  }

  /**
   * The same.
   *
   * @param onFailure gets the cause if no response arrived in full
   */
  public RawAttempt send(
      ApiRequest request, String accessToken, Consumer<? super IOException> onFailure) {
    SpotifyTransport.Call call = transport.call();
    AbstractRequest<?> built = build(request, call, accessToken);
    try {
      built.getJson();
    } catch (IOException e) {
      onFailure.accept(e);
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
        redaction.redact(request, without(accessToken, exchange.body())));
  }

  /** Responses are stored, and proxies and error pages may echo the Authorization header. */
  private static String without(String accessToken, String text) {
    return text.contains(accessToken) ? text.replace(accessToken, ForeignText.NOT_SHOWN) : text;
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

  /** Tells the transport that the current thread has handled its last response. */
  public void handled() {
    transport.handled();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
