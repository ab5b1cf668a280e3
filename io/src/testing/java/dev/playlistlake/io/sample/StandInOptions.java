package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the stand-in behaves. Immutable: each {@code with} returns a changed copy. */
public final class StandInOptions {
  private Dialect dialect = Dialect.EXTENDED;
  private int port = 0;
  private Duration latency = Duration.ZERO;
  private int embeddedItems = 100;
  private String clientId = "sample-client";
  private String clientSecret = "sample-secret";
  private @Nullable String refreshToken = null;
  private boolean rotateRefreshTokens = false;
  private Duration tokenLifetime = Duration.ofHours(1);
  private boolean clientCredentialsAllowed = true;
  private int markets = 0;
  private boolean cacheAnswers = false;
  private @Nullable Supplier<String> snapshotIds = null;

  private StandInOptions() {}

  /** Extended dialect, a free port, no latency, sample-client and sample-secret. */
  public static StandInOptions defaults() {
    return new StandInOptions();
  }

  private StandInOptions with(Consumer<StandInOptions> change) {
    StandInOptions copy = new StandInOptions();
    copy.dialect = dialect;
    copy.port = port;
    copy.latency = latency;
    copy.embeddedItems = embeddedItems;
    copy.clientId = clientId;
    copy.clientSecret = clientSecret;
    copy.refreshToken = refreshToken;
    copy.rotateRefreshTokens = rotateRefreshTokens;
    copy.tokenLifetime = tokenLifetime;
    copy.clientCredentialsAllowed = clientCredentialsAllowed;
    copy.markets = markets;
    copy.cacheAnswers = cacheAnswers;
    copy.snapshotIds = snapshotIds;
    change.accept(copy);
    return copy;
  }

  /** The dialect of all responses, except for playlists with a dialect of their own. */
  public Dialect dialect() {
    return dialect;
  }

  public StandInOptions withDialect(Dialect value) {
    return with(copy -> copy.dialect = value);
  }

  /** The port; 0 for a free one. */
  public int port() {
    return port;
  }

  public StandInOptions withPort(int value) {
    return with(copy -> copy.port = value);
  }

  /** The time from a request's arrival to its response. */
  public Duration latency() {
    return latency;
  }

  public StandInOptions withLatency(Duration value) {
    return with(copy -> copy.latency = value);
  }

  /** The most items in the response for a playlist. */
  public int embeddedItems() {
    return embeddedItems;
  }

  public StandInOptions withEmbeddedItems(int value) {
    return with(copy -> copy.embeddedItems = value);
  }

  public String clientId() {
    return clientId;
  }

  public StandInOptions withClientId(String value) {
    return with(copy -> copy.clientId = value);
  }

  public String clientSecret() {
    return clientSecret;
  }

  public StandInOptions withClientSecret(String value) {
    return with(copy -> copy.clientSecret = value);
  }

  /** The refresh token that is accepted at the start; null for none. */
  public @Nullable String refreshToken() {
    return refreshToken;
  }

  public StandInOptions withRefreshToken(@Nullable String value) {
    return with(copy -> copy.refreshToken = value);
  }

  /** Whether a refresh returns a new refresh token and revokes the old one. */
  public boolean rotateRefreshTokens() {
    return rotateRefreshTokens;
  }

  public StandInOptions withRotateRefreshTokens(boolean value) {
    return with(copy -> copy.rotateRefreshTokens = value);
  }

  public Duration tokenLifetime() {
    return tokenLifetime;
  }

  public StandInOptions withTokenLifetime(Duration value) {
    return with(copy -> copy.tokenLifetime = value);
  }

  public boolean clientCredentialsAllowed() {
    return clientCredentialsAllowed;
  }

  public StandInOptions withClientCredentialsAllowed(boolean value) {
    return with(copy -> copy.clientCredentialsAllowed = value);
  }

  /** How many available_markets extended responses list. */
  public int markets() {
    return markets;
  }

  public StandInOptions withMarkets(int value) {
    return with(copy -> copy.markets = value);
  }

  /** Whether to cache the bytes of every response; for catalogs that do not change. */
  public boolean cacheAnswers() {
    return cacheAnswers;
  }

  public StandInOptions withCacheAnswers(boolean value) {
    return with(copy -> copy.cacheAnswers = value);
  }

  /** Supplies the snapshot_id of every response; null for the catalog's. */
  public @Nullable Supplier<String> snapshotIds() {
    return snapshotIds;
  }

  public StandInOptions withSnapshotIds(@Nullable Supplier<String> value) {
    return with(copy -> copy.snapshotIds = value);
  }
}
