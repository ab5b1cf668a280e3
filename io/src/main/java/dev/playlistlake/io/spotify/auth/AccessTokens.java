package dev.playlistlake.io.spotify.auth;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one access token that all threads share: fetched when first needed, and renewed once for all
 * shortly before it expires or when Spotify refuses it. A failed sign-in fails for every thread
 * waiting for it; a refused one is refused for good.
 */
public final class AccessTokens {
  private static final Duration MARGIN = Duration.ofMinutes(1);

  private final AccountsClient client;
  private final CredentialsRef reference;
  private final Clock clock;
  private final Clock steady;
  private final Function<String, @Nullable String> environment;
  private final SecretStore secrets;
  private final AtomicInteger failures = new AtomicInteger();
  private @Nullable IOException lastFailure;
  private @Nullable SignInException refusal;
  private @Nullable Credentials credentials;
  private @Nullable AccessToken token;
  private @Nullable Set<String> granted;
  private Set<String> needed = Set.of();
  private Instant renewAt = Instant.EPOCH;
  private @Nullable Instant discardedAt;

  /**
   * Tokens of a run.
   *
   * @param clock gives the date
   * @param steady measures the age of a token
   */
  public AccessTokens(AccountsClient client, CredentialsRef reference, Clock clock, Clock steady) {
    this(client, reference, clock, steady, System::getenv, new SecretsManager());
  }

  /** With other sources of credentials. */
  public AccessTokens(
      AccountsClient client,
      CredentialsRef reference,
      Clock clock,
      Clock steady,
      Function<String, @Nullable String> environment,
      SecretStore secrets) {
    this.client = client;
    this.reference = reference;
    this.clock = clock;
    this.steady = steady;
    this.environment = environment;
    this.secrets = secrets;
  }

  /**
   * A token for requests.
   *
   * @throws SignInException if Spotify refuses the sign-in, or there are no credentials
   * @throws IOException if the accounts service does not respond; a retry may help
   */
  public String accessToken() throws SignInException, IOException {
    int failuresBefore = failures.get();
    synchronized (this) {
      AccessToken held = token;
      if (held != null && steady.instant().isBefore(renewAt)) {
        return held.value();
      }
      if (refusal != null) {
        throw refusal;
      }
      IOException failure = lastFailure;
      if (failure != null && failures.get() != failuresBefore) {
        // It failed while this thread waited for it: sixteen threads need not each try it.
        throw failure;
      }
      return renew().value();
    }
  }

  /**
   * Checks that the credentials belong to a user. Permissions that the user has not given are said
   * when the token arrives.
   *
   * @param scopes the permissions that the run needs
   * @throws SignInException if they do not, or there are no credentials at all
   * @throws IOException if the source of the credentials does not respond; a retry may help
   */
  public synchronized void requireUser(Set<String> scopes) throws SignInException, IOException {
    needed = Set.copyOf(scopes);
    try {
      if (resolved().refreshToken() == null) {
        throw SignInException.missingUser();
      }
    } catch (SignInException e) {
      refusal = e;
      SignInNotices.refuse(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private Credentials resolved() throws SignInException, IOException {
    Credentials known = credentials;
    if (known == null) {
      known = reference.resolve(environment, secrets);
      credentials = known;
    }
    return known;
  }

  /**
   * Discards a token that Spotify refused, for all threads: the next call of any of them fetches a
   * new one. A token stays if the one before it was discarded a moment ago: threads that are
   * refused one after the other need not fetch one each.
   *
   * @return whether the token was the newest one; if not, it had expired for another request before
   */
  public synchronized boolean refused(String accessToken, Duration moment) {
    if (token == null || !token.value().equals(accessToken)) {
      return false;
    }
    Instant now = steady.instant();
    if (discardedAt == null || !now.isBefore(discardedAt.plus(moment))) {
      discardedAt = now;
      token = null;
    }
    return true;
  }

  private AccessToken renew() throws SignInException, IOException {
    try {
      Credentials known = resolved();
      AccessToken renewed = signIn(known, known.refreshToken());
      warnOfTheEnd(known);
      granted = known.refreshToken() == null ? null : renewed.scopes();
      warnOfScopes(needed);
      token = renewed;
      renewAt = renewAt(renewed);
      return renewed;
    } catch (SignInException e) {
      refusal = e;
      SignInNotices.refuse(String.valueOf(e.getMessage()));
      throw e;
    } catch (IOException e) {
      lastFailure = e;
      failures.incrementAndGet();
      throw e;
    }
  }

  /** Shortly before expiry; a token with a very short lifetime must also serve for a while. */
  private Instant renewAt(AccessToken renewed) {
    Duration half = renewed.lifetime().dividedBy(2);
    Duration margin = half.compareTo(MARGIN) < 0 ? half : MARGIN;
    return steady.instant().plus(renewed.lifetime()).minus(margin);
  }

  /** Uses the newest known refresh token, whatever the reference still holds. */
  private AccessToken signIn(Credentials known, @Nullable String written)
      throws SignInException, IOException {
    if (written == null) {
      return client.signIn(known, null);
    }
    String used = RefreshTokens.newest(written);
    AccessToken renewed = refresh(known, used);
    String next = renewed.refreshToken();
    if (next != null && !next.equals(used)) {
      RefreshTokens.replaced(used, next);
    }
    String newest = RefreshTokens.newest(written);
    if (!newest.equals(written)) {
      reference.keep(newest);
    }
    return renewed;
  }

  private AccessToken refresh(Credentials known, String refreshToken)
      throws SignInException, IOException {
    try {
      return client.signIn(known, refreshToken);
    } catch (SignInException e) {
      RefreshTokenAge authorization = authorization(known);
      if (!e.code().equals(SignInException.INVALID_GRANT)
          || authorization == null
          || !authorization.isOver(clock)) {
        throw e;
      }
      throw new SignInException(
          e.code(),
          e.getMessage()
              + (e.isExplained() ? "; the user" : "; it has most likely expired: the user")
              + " agreed on "
              + authorization.on()
              + ", six months later is "
              + authorization.endsOn());
    }
  }

  /** Warns about a token that still works; for an expired one the refusal does. */
  private void warnOfTheEnd(Credentials known) {
    String written = known.authorizedOn();
    if (known.refreshToken() == null || written == null) {
      return;
    }
    RefreshTokenAge authorization = authorization(known);
    if (authorization == null) {
      // Not repeated: it is stored among secrets and may be one.
      SignInNotices.warn(
          CredentialsRef.AUTHORIZED_ON
              + " in "
              + reference.where()
              + " is no date like 2026-11-20, so nobody is told when the refresh token ends.");
    } else if (authorization.endsSoon(clock)) {
      SignInNotices.warn(
          "The refresh token in "
              + reference.where()
              + (authorization.isOver(clock) ? " ended on " : " ends on ")
              + authorization.endsOn()
              + ", six months after the user agreed. "
              + reference.howToAuthorise()
              + ".");
    }
  }

  /** A playlist was refused, perhaps only because it is private and the token is not for such. */
  public synchronized void playlistRefused() {
    warnOfScopes(Set.of(Scopes.PRIVATE_PLAYLISTS));
  }

  /** Says nothing of a token whose permissions are unknown. */
  private void warnOfScopes(Set<String> wanted) {
    Set<String> known = granted;
    if (known == null) {
      return;
    }
    List<String> missing =
        wanted.stream().filter(scope -> !known.contains(scope)).sorted().toList();
    if (!missing.isEmpty()) {
      SignInNotices.warnAtOnce(
          Scopes.lacking(missing, reference.where()) + " " + reference.howToAuthorise() + ".");
    }
  }

  private static @Nullable RefreshTokenAge authorization(Credentials known) {
    String written = known.authorizedOn();
    return written == null ? null : RefreshTokenAge.parse(written).orElse(null);
  }
}
