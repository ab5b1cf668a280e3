package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the stand-in behaves.
 *
 * @param dialect of every answer but those of playlists that have their own
 * @param port 0 for a free one
 * @param latency from the arrival of a request to its answer
 * @param embeddedItems how many items the answer to a playlist holds itself
 * @param refreshToken the one that is accepted, null for none
 * @param rotateRefreshTokens whether a refresh gives a new refresh token and ends the old one
 * @param markets how many available_markets extended answers list
 * @param cacheAnswers keep the bytes of every answer; for catalogs that do not change
 * @param snapshotIds gives the snapshot_id of every answer, null for the catalog's
 */
public record StandInOptions(
    Dialect dialect,
    int port,
    Duration latency,
    int embeddedItems,
    String clientId,
    String clientSecret,
    @Nullable String refreshToken,
    boolean rotateRefreshTokens,
    Duration tokenLifetime,
    boolean clientCredentialsAllowed,
    int markets,
    boolean cacheAnswers,
    @Nullable Supplier<String> snapshotIds) {

  /** Extended dialect, a free port, no latency, sample-client and sample-secret. */
  public static StandInOptions defaults() {
    return new StandInOptions(
        Dialect.EXTENDED,
        0,
        Duration.ZERO,
        100,
        "sample-client",
        "sample-secret",
        null,
        false,
        Duration.ofHours(1),
        true,
        0,
        false,
        null);
  }

  public StandInOptions withDialect(Dialect newDialect) {
    return new StandInOptions(
        newDialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withPort(int newPort) {
    return new StandInOptions(
        dialect,
        newPort,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withLatency(Duration newLatency) {
    return new StandInOptions(
        dialect,
        port,
        newLatency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withEmbeddedItems(int newEmbeddedItems) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        newEmbeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withClientId(String newClientId) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        newClientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withClientSecret(String newClientSecret) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        newClientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withRefreshToken(@Nullable String newRefreshToken) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        newRefreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withRotateRefreshTokens(boolean newRotateRefreshTokens) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        newRotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withTokenLifetime(Duration newTokenLifetime) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        newTokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withClientCredentialsAllowed(boolean newClientCredentialsAllowed) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        newClientCredentialsAllowed,
        markets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withMarkets(int newMarkets) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        newMarkets,
        cacheAnswers,
        snapshotIds);
  }

  public StandInOptions withCacheAnswers(boolean newCacheAnswers) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        newCacheAnswers,
        snapshotIds);
  }

  public StandInOptions withSnapshotIds(@Nullable Supplier<String> newSnapshotIds) {
    return new StandInOptions(
        dialect,
        port,
        latency,
        embeddedItems,
        clientId,
        clientSecret,
        refreshToken,
        rotateRefreshTokens,
        tokenLifetime,
        clientCredentialsAllowed,
        markets,
        cacheAnswers,
        newSnapshotIds);
  }
}
